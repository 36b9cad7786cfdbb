package io.github.flinkwebsocket.feed;

import io.github.flinkwebsocket.credentials.CredentialProvider;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ReadableConfig;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One WebSocket service as the user describes it: endpoints, session, limits. Made from options
 * alone, checked when made. Immutable; any thread. Shows no secret in {@link #toString()}.
 */
@Internal
public final class Feed implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final boolean idIsDerived;
    private final List<Endpoint> endpoints;
    private final List<PositionTemplate> openMessages;
    @Nullable private final List<PositionTemplate> initialOpenMessages;
    @Nullable private final String positionPointer;
    private final ConnectionSettings connection;
    private final ReconnectSettings reconnect;
    private final RetrySettings retry;
    private final ConnectRate connectRate;
    private final MailboxSettings mailbox;
    private final Bounds bounds;
    private final MessageSettings messages;
    private final ErrorPolicy errorPolicy;
    private final EnrichmentSettings enrichment;
    private final boolean metricsEnabled;

    private Feed(ReadableConfig config, @Nullable CredentialProvider credentials) {
        OptionTypes.check(config, WebSocketOptions.all());
        endpoints = Endpoints.read(config);
        Optional<String> givenId = config.getOptional(WebSocketOptions.ID);
        idIsDerived = givenId.isEmpty();
        id = givenId.map(Feed::checkId).orElseGet(this::derivedId);
        openMessages = templates(config.get(WebSocketOptions.OPEN_MESSAGES));
        initialOpenMessages =
                config.getOptional(WebSocketOptions.INITIAL_OPEN_MESSAGES)
                        .map(Feed::templates)
                        .orElse(null);
        positionPointer = readPositionPointer(config);
        connection = new ConnectionSettings(config, credentials);
        reconnect = new ReconnectSettings(config);
        retry = new RetrySettings(config);
        connectRate = new ConnectRate(config);
        mailbox = new MailboxSettings(config);
        bounds = new Bounds(config);
        messages = new MessageSettings(config, connection.maxMessageSize());
        errorPolicy = config.get(WebSocketOptions.ERROR_POLICY);
        enrichment = new EnrichmentSettings(config);
        metricsEnabled = config.get(WebSocketOptions.ENABLE_METRIC);
        checkOpenMessages();
    }

    /**
     * Reads and checks the options of {@link WebSocketOptions}.
     *
     * @throws IllegalArgumentException if one is missing or wrong; it names the option, the value
     *     and what is allowed
     */
    public static Feed of(ReadableConfig config) {
        return new Feed(config, null);
    }

    /** The same with credentials that no option can describe; null for none. */
    public static Feed of(ReadableConfig config, @Nullable CredentialProvider credentials) {
        return new Feed(config, credentials);
    }

    private static List<PositionTemplate> templates(List<String> texts) {
        return texts.stream().map(PositionTemplate::new).collect(Collectors.toUnmodifiableList());
    }

    private static String checkId(String id) {
        if (id.isBlank() || id.chars().anyMatch(Character::isISOControl)) {
            throw InvalidOption.value(
                    WebSocketOptions.ID, id, "it must not be blank or contain control characters");
        }
        return id;
    }

    /** The same after every restart, as long as the URLs are. */
    private String derivedId() {
        String first = endpoints.get(0).id();
        return endpoints.size() == 1 ? first : first + "-and-" + (endpoints.size() - 1) + "-more";
    }

    @Nullable
    private String readPositionPointer(ReadableConfig config) {
        String pointer = config.getOptional(WebSocketOptions.POSITION_POINTER).orElse(null);
        if (pointer == null) {
            return null;
        }
        RecordPath.parse(WebSocketOptions.POSITION_POINTER, pointer);
        if (!usesPosition()) {
            throw InvalidOption.value(
                    WebSocketOptions.POSITION_POINTER,
                    pointer,
                    "it has no use without ${position} in 'url' or 'open-messages'");
        }
        return pointer;
    }

    private void checkOpenMessages() {
        if (initialOpenMessages == null) {
            if (openMessages.stream().anyMatch(PositionTemplate::hasPosition)) {
                throw new IllegalArgumentException(
                        "The option 'open-messages' contains ${position}; then"
                                + " 'initial-open-messages' must say what to send while there is no"
                                + " position yet.");
            }
        } else if (initialOpenMessages.stream().anyMatch(PositionTemplate::hasPosition)) {
            throw new IllegalArgumentException(
                    "The option 'initial-open-messages' contains ${position}; it is sent while there"
                            + " is no position yet, so it must not.");
        }
    }

    /** Names the feed in metrics, logs and lineage; without secrets. */
    public String id() {
        return id;
    }

    /** How a split is called in logs and errors. */
    public String nameOfSplit(String splitId) {
        String name = "Split '" + splitId + "'";
        return idIsDerived ? name : name + " of feed '" + id + "'";
    }

    /** One for each split, in the order of the option 'url'. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The endpoint of a split, or null if the feed has it no more. */
    @Nullable
    public Endpoint endpoint(String id) {
        return endpoints.stream().filter(e -> e.id().equals(id)).findFirst().orElse(null);
    }

    /** What to send after the connection opened from this position, null for none. */
    public List<String> openMessages(@Nullable String position) {
        List<PositionTemplate> templates =
                position == null && initialOpenMessages != null
                        ? initialOpenMessages
                        : openMessages;
        return templates.stream()
                .map(t -> t.render(position, JsonText::escape))
                .collect(Collectors.toList());
    }

    /** Whether open messages or subprotocols look like they hold credentials. */
    public boolean sendsSecrets() {
        return connection.subprotocols().stream().anyMatch(LooksSecret::subprotocol)
                || Stream.of(openMessages, initialOpenMessages)
                        .filter(Objects::nonNull)
                        .flatMap(List::stream)
                        .anyMatch(t -> !MessageSecrets.in(t.render("0", p -> p)).isEmpty());
    }

    /** Whether URL or open messages depend on the position. */
    public boolean usesPosition() {
        return endpoints.stream().anyMatch(Endpoint::hasPosition)
                || openMessages.stream().anyMatch(PositionTemplate::hasPosition);
    }

    /** Where in a JSON message its position is; null if no option says so. */
    @Nullable
    public String positionPointer() {
        return positionPointer;
    }

    public ConnectionSettings connection() {
        return connection;
    }

    public ReconnectSettings reconnect() {
        return reconnect;
    }

    public RetrySettings retry() {
        return retry;
    }

    public ConnectRate connectRate() {
        return connectRate;
    }

    public MailboxSettings mailbox() {
        return mailbox;
    }

    public Bounds bounds() {
        return bounds;
    }

    public MessageSettings messages() {
        return messages;
    }

    public ErrorPolicy errorPolicy() {
        return errorPolicy;
    }

    public EnrichmentSettings enrichment() {
        return enrichment;
    }

    /** Whether the connector registers metrics of its own. */
    public boolean metricsEnabled() {
        return metricsEnabled;
    }

    @Override
    public String toString() {
        return endpoints.toString();
    }
}
