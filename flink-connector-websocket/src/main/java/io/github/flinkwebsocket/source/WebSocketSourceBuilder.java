package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.InstantiationUtil;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * Describes a {@link WebSocketSource}. Needs URLs and a deserializer; everything else has a
 * default, to be found in {@link WebSocketOptions} and changed by {@link #setOption}. Nothing is
 * checked before {@link #build()}. Not thread-safe.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class WebSocketSourceBuilder<T> {

    private final Configuration config = new Configuration();
    @Nullable private WebSocketDeserializationSchema<T> deserializer;
    @Nullable private PositionExtractor positionExtractor;
    @Nullable private CredentialProvider credentials;

    WebSocketSourceBuilder() {}

    /** Where to connect; each URL is one split. See {@link WebSocketOptions#URL}. */
    public WebSocketSourceBuilder<T> setUrls(String... urls) {
        return setOption(WebSocketOptions.URL, Arrays.asList(urls));
    }

    /**
     * Adds a text message to send after every connect. See {@link WebSocketOptions#OPEN_MESSAGES}.
     */
    public WebSocketSourceBuilder<T> addOpenMessage(String message) {
        return add(WebSocketOptions.OPEN_MESSAGES, message);
    }

    /**
     * Adds a text message to send instead while there is no position. See {@link
     * WebSocketOptions#INITIAL_OPEN_MESSAGES}.
     */
    public WebSocketSourceBuilder<T> addInitialOpenMessage(String message) {
        return add(WebSocketOptions.INITIAL_OPEN_MESSAGES, message);
    }

    private WebSocketSourceBuilder<T> add(ConfigOption<List<String>> option, String message) {
        List<String> messages = new ArrayList<>(config.getOptional(option).orElse(List.of()));
        messages.add(checkNotNull(message, "An open message must not be null."));
        return setOption(option, messages);
    }

    /** Makes records of messages; must be serializable. */
    public WebSocketSourceBuilder<T> setDeserializer(
            WebSocketDeserializationSchema<T> newDeserializer) {
        deserializer = checkNotNull(newDeserializer, "The deserializer must not be null.");
        return this;
    }

    /**
     * Reads the position of every message, which replaces <code>${position}</code> in the URL and
     * the open messages of later connections; must be serializable.
     */
    public WebSocketSourceBuilder<T> setPositionExtractor(PositionExtractor extractor) {
        positionExtractor = checkNotNull(extractor, "The position extractor must not be null.");
        return this;
    }

    /** Authenticates the upgrade requests; must be serializable and thread-safe. */
    public WebSocketSourceBuilder<T> setCredentials(CredentialProvider provider) {
        credentials = checkNotNull(provider, "The credential provider must not be null.");
        return this;
    }

    /**
     * Sets any option of {@link WebSocketOptions}; the last value counts.
     *
     * @throws IllegalArgumentException if it is not one of them
     */
    public <V> WebSocketSourceBuilder<T> setOption(ConfigOption<V> option, V value) {
        if (!WebSocketOptions.all().contains(option)) {
            throw new IllegalArgumentException(
                    "'" + option.key() + "' is not an option of the WebSocket connector.");
        }
        config.set(
                option, checkNotNull(value, "The value of '%s' must not be null.", option.key()));
        return this;
    }

    /** Sets every option of {@link WebSocketOptions} that is there; others are left alone. */
    public WebSocketSourceBuilder<T> setOptions(ReadableConfig options) {
        WebSocketOptions.all().forEach(option -> copy(option, options));
        return this;
    }

    private <V> void copy(ConfigOption<V> option, ReadableConfig from) {
        from.getOptional(option).ifPresent(value -> setOption(option, value));
    }

    /**
     * Checks everything and makes the source.
     *
     * @throws IllegalArgumentException if something is missing, wrong or contradictory; it names
     *     the option, the value and what is allowed
     */
    public WebSocketSource<T> build() {
        if (credentials != null) {
            checkSerializable("credential provider", credentials);
        }
        Feed feed = Feed.of(config, credentials);
        if (deserializer == null) {
            throw new IllegalArgumentException(
                    "The deserializer is missing; set one with setDeserializer().");
        }
        checkSerializable("deserializer", deserializer);
        if (feed.errorPolicy() == ErrorPolicy.EMIT
                && !(deserializer instanceof ErrorEmittingDeserializationSchema)) {
            throw new IllegalArgumentException(
                    String.format(
                            "The option 'error-policy' has the value 'emit'; for that the deserializer"
                                    + " must be an ErrorEmittingDeserializationSchema, which %s is not.",
                            deserializer.getClass().getName()));
        }
        checkPosition(feed);
        return new WebSocketSource<>(feed, deserializer, positionExtractor);
    }

    private void checkPosition(Feed feed) {
        if (positionExtractor == null) {
            if (feed.usesPosition()) {
                throw new IllegalArgumentException(
                        "The option 'url' or 'open-messages' contains ${position}, but there is no"
                                + " position extractor; set one with setPositionExtractor().");
            }
            return;
        }
        checkSerializable("position extractor", positionExtractor);
        if (!feed.usesPosition()) {
            throw new IllegalArgumentException(
                    "There is a position extractor, but neither 'url' nor 'open-messages' contains"
                            + " ${position}; nothing could be resumed.");
        }
    }

    private static void checkSerializable(String what, Object object) {
        try {
            InstantiationUtil.serializeObject(object);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    String.format(
                            "The %s %s is not serializable: %s.",
                            what, object.getClass().getName(), e.getMessage()),
                    e);
        }
    }
}
