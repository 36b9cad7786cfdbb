package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.credentials.CredentialProvider;
import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.EnrichingDeserializationSchema;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.util.InstantiationUtil;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.apache.flink.util.Preconditions.checkArgument;
import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * Describes a {@link WebSocketSource}. Needs URLs and a deserializer; everything else has a
 * default, to be found in {@link WebSocketOptions} and changed by {@link #setOption}. Nothing is
 * checked before {@link #build()}, but null, which no method takes. Not thread-safe.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class WebSocketSourceBuilder<T> {

    private final Configuration config = new Configuration();
    @Nullable private WebSocketDeserializationSchema<T> deserializer;
    @Nullable private PositionExtractor positionExtractor;
    @Nullable private CredentialProvider credentials;
    @Nullable private RecordEnricher<T> enricher;
    private long recordLimit = Long.MAX_VALUE;

    WebSocketSourceBuilder() {}

    /** Where to connect; each URL is one split. See {@link WebSocketOptions#URL}. */
    public WebSocketSourceBuilder<T> setUrls(String... urls) {
        return setOption(WebSocketOptions.URL, Arrays.asList(urls));
    }

    /**
     * Adds a text message to send after every connect. See {@link WebSocketOptions#OPEN_MESSAGES}.
     */
    public WebSocketSourceBuilder<T> addOpenMessage(String message) {
        return add(WebSocketOptions.OPEN_MESSAGES, checkMessage(message));
    }

    /**
     * Adds a text message to send instead while there is no position. See {@link
     * WebSocketOptions#INITIAL_OPEN_MESSAGES}.
     */
    public WebSocketSourceBuilder<T> addInitialOpenMessage(String message) {
        return add(WebSocketOptions.INITIAL_OPEN_MESSAGES, checkMessage(message));
    }

    private static String checkMessage(String message) {
        return checkNotNull(message, "An open message must not be null.");
    }

    private WebSocketSourceBuilder<T> add(ConfigOption<List<String>> option, String value) {
        List<String> values = new ArrayList<>(config.getOptional(option).orElse(List.of()));
        values.add(value);
        return setOption(option, values);
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

    /** Adds to every record what is known of its message; must be serializable. */
    public WebSocketSourceBuilder<T> setEnricher(RecordEnricher<T> newEnricher) {
        enricher = checkNotNull(newEnricher, "The enricher must not be null.");
        return this;
    }

    /** Adds a field to every event. See {@link WebSocketOptions#ADD_FIELD}. */
    public WebSocketSourceBuilder<T> addField(String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(config.get(WebSocketOptions.ADD_FIELD));
        fields.put(
                checkNotNull(name, "The name of a field must not be null."),
                checkNotNull(value, "The value of a field must not be null."));
        return setOption(WebSocketOptions.ADD_FIELD, fields);
    }

    /** Adds tags to every event. See {@link WebSocketOptions#TAGS}. */
    public WebSocketSourceBuilder<T> addTags(String... tags) {
        for (String tag : tags) {
            add(WebSocketOptions.TAGS, checkNotNull(tag, "A tag must not be null."));
        }
        return this;
    }

    /** The type of every event that has none. See {@link WebSocketOptions#TYPE}. */
    public WebSocketSourceBuilder<T> setType(String type) {
        return setOption(WebSocketOptions.TYPE, type);
    }

    /** Names the feed in metrics, logs and lineage. See {@link WebSocketOptions#ID}. */
    public WebSocketSourceBuilder<T> setId(String id) {
        return setOption(WebSocketOptions.ID, id);
    }

    /** Switches the connector's metrics. See {@link WebSocketOptions#ENABLE_METRIC}. */
    public WebSocketSourceBuilder<T> enableMetric(boolean enabled) {
        return setOption(WebSocketOptions.ENABLE_METRIC, enabled);
    }

    /** Authenticates the upgrade requests; must be serializable and thread-safe. */
    public WebSocketSourceBuilder<T> setCredentials(CredentialProvider provider) {
        credentials = checkNotNull(provider, "The credential provider must not be null.");
        return this;
    }

    /**
     * Lets each reader end after so many records, which makes the source bounded: what a query with
     * a limit needs. Counted anew after a restart.
     */
    @Internal
    public WebSocketSourceBuilder<T> setRecordLimit(long records) {
        checkArgument(records > 0, "The limit must be at least 1, but is %s.", records);
        recordLimit = records;
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
        if (enricher != null) {
            checkSerializable("enricher", enricher);
        }
        return new WebSocketSource<>(
                feed, enriched(feed), positionExtractor(feed), enricher, recordLimit);
    }

    private WebSocketDeserializationSchema<T> enriched(Feed feed) {
        if (feed.enrichment().isEmpty()) {
            return deserializer;
        }
        if (!(deserializer instanceof EnrichingDeserializationSchema)) {
            throw new IllegalArgumentException(
                    String.format(
                            "The options 'add-field', 'tags' and 'type' need records with room for"
                                    + " them, such as WebSocketEvent; the records of %s are not. Use a"
                                    + " RecordEnricher.",
                            deserializer.getClass().getName()));
        }
        return ((EnrichingDeserializationSchema<T>) deserializer).withEnrichment(feed.enrichment());
    }

    @Nullable
    private PositionExtractor positionExtractor(Feed feed) {
        String pointer = feed.positionPointer();
        if (positionExtractor == null) {
            if (feed.usesPosition() && pointer == null) {
                throw new IllegalArgumentException(
                        "The option 'url' or 'open-messages' contains ${position}, but nothing says"
                                + " where the position is; set the option 'position.pointer' or call"
                                + " setPositionExtractor().");
            }
            return pointer == null ? null : PositionExtractor.jsonPointer(pointer);
        }
        if (pointer != null) {
            throw new IllegalArgumentException(
                    String.format(
                            "The option 'position.pointer' has the value '%s', and there is a position"
                                    + " extractor, too; use one of them.",
                            pointer));
        }
        checkSerializable("position extractor", positionExtractor);
        if (!feed.usesPosition()) {
            throw new IllegalArgumentException(
                    "There is a position extractor, but neither 'url' nor 'open-messages' contains"
                            + " ${position}; nothing could be resumed.");
        }
        return positionExtractor;
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
