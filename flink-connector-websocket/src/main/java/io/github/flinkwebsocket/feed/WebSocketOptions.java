package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All options of the connector, with their defaults and descriptions: the one place that the
 * builder, the SQL table and the documentation read.
 */
@PublicEvolving
public final class WebSocketOptions {

    public static final ConfigOption<List<String>> URL =
            ConfigOptions.key("url")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Where to connect, ws:// or wss://; each URL is one split. Several URLs"
                                    + " separated by | are one split: they are tried in turn. May"
                                    + " contain ${position}. User info becomes Basic"
                                    + " authentication.");

    public static final ConfigOption<List<String>> INITIAL_URL =
            ConfigOptions.key("initial-url")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The URLs to use as long as a split has no position, one for each of"
                                    + " 'url'. Required if 'url' contains ${position}.");

    public static final ConfigOption<List<String>> OPEN_MESSAGES =
            ConfigOptions.key("open-messages")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Text messages to send, in this order, after every connect and"
                                    + " reconnect. May contain ${position}, which is escaped as inside"
                                    + " a JSON string.");

    public static final ConfigOption<List<String>> INITIAL_OPEN_MESSAGES =
            ConfigOptions.key("initial-open-messages")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "The text messages to send instead of 'open-messages' as long as a split"
                                    + " has no position. Required if 'open-messages' contains"
                                    + " ${position}.");

    public static final ConfigOption<String> POSITION_POINTER =
            ConfigOptions.key("position.pointer")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where in a JSON message its position is: a JSON pointer (RFC 6901), such"
                                    + " as /seq. It takes the place of ${position} in 'url' and"
                                    + " 'open-messages' of later connections.");

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            ConfigOptions.key("connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "One deadline for credentials, TCP, proxy, TLS and the answer to the upgrade"
                                    + " request.");

    public static final ConfigOption<Duration> CLOSE_TIMEOUT =
            ConfigOptions.key("close-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "How long to wait for the server's close frame before the socket is"
                                    + " closed. A reader that ends waits one second at most.");

    public static final ConfigOption<Duration> PING_INTERVAL =
            ConfigOptions.key("ping-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(20))
                    .withDescription("How often to send a ping; 0 sends none.");

    public static final ConfigOption<Duration> READ_TIMEOUT =
            ConfigOptions.key("read-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(60))
                    .withDescription(
                            "The connection is taken for dead when nothing at all, not even a pong,"
                                    + " has been read for so long. The clock stands still while reading"
                                    + " is held back by a full mailbox. 0 switches it off.");

    public static final ConfigOption<MemorySize> MAX_MESSAGE_SIZE =
            ConfigOptions.key("max-message-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(16))
                    .withDescription(
                            "The largest message accepted, reassembled and decompressed. A larger one"
                                    + " ends the connection with close code 1009.");

    public static final ConfigOption<Boolean> PERMESSAGE_DEFLATE =
            ConfigOptions.key("permessage-deflate")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Offer the compression of RFC 7692 to the server.");

    public static final ConfigOption<Duration> RECONNECT_STABLE_AFTER =
            ConfigOptions.key("reconnect.stable-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "A connection is good when it has been open for so long: the next attempt"
                                    + " then follows at once, and the backoff begins anew. Those that"
                                    + " end earlier, though they brought records, follow each other no"
                                    + " faster, but for the first one.");

    public static final ConfigOption<Duration> RECONNECT_INITIAL_BACKOFF =
            ConfigOptions.key("reconnect.initial-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "The longest wait after the first attempt that fails. It doubles with"
                                    + " every attempt that brings no record, until a connection is good;"
                                    + " the wait itself is drawn at random between 0 and it.");

    public static final ConfigOption<Duration> RECONNECT_MAX_BACKOFF =
            ConfigOptions.key("reconnect.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription("Where the doubling stops.");

    public static final ConfigOption<Duration> RECONNECT_RESTART_DELAY =
            ConfigOptions.key("reconnect.restart-delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "When the server closes with 1012, because it restarts, the next attempt"
                                    + " waits at random up to so long, so that not all clients come at"
                                    + " once; after 1013 it is 30 s.");

    public static final ConfigOption<Integer> RECONNECT_MAX_ATTEMPTS =
            ConfigOptions.key("reconnect.max-attempts")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The job fails with the last cause after so many attempts in a row that"
                                    + " brought no record and were not good. Without it, for ever, but"
                                    + " after 10 if the split was never connected and trying again does"
                                    + " not mend what is wrong.");

    public static final ConfigOption<MemorySize> MAILBOX_MAX_BYTES =
            ConfigOptions.key("mailbox.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(8))
                    .withDescription(
                            "How much may wait between sockets and task, for each reader: payloads"
                                    + " plus 64 bytes a message. Its splits share it evenly, but a split"
                                    + " with nothing waiting may always put one socket read or one"
                                    + " message.");

    public static final ConfigOption<Integer> MAILBOX_MAX_MESSAGES =
            ConfigOptions.key("mailbox.max-messages")
                    .intType()
                    .defaultValue(100_000)
                    .withDescription("The same limit, in messages.");

    public static final ConfigOption<OverflowPolicy> MAILBOX_OVERFLOW =
            ConfigOptions.key("mailbox.overflow")
                    .enumType(OverflowPolicy.class)
                    .defaultValue(OverflowPolicy.BLOCK)
                    .withDescription("What happens to a message that finds the mailbox full.");

    public static final ConfigOption<MessageCompression> MESSAGE_COMPRESSION =
            ConfigOptions.key("message.compression")
                    .enumType(MessageCompression.class)
                    .defaultValue(MessageCompression.NONE)
                    .withDescription(
                            "How the payload of binary messages is compressed; text messages are"
                                    + " taken as they are. The result, too, may not exceed"
                                    + " 'max-message-size'.");

    public static final ConfigOption<MessageFraming> MESSAGE_FRAMING =
            ConfigOptions.key("message.framing")
                    .enumType(MessageFraming.class)
                    .defaultValue(MessageFraming.MESSAGE)
                    .withDescription("How a message is cut into frames; empty ones are skipped.");

    public static final ConfigOption<String> MESSAGE_SEPARATOR =
            ConfigOptions.key("message.separator")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What is between two frames if 'message.framing' is 'separator';"
                                    + " \\n, \\r, \\t, \\0, \\\\ and \\u001e stand for characters that are"
                                    + " hard to write.");

    public static final ConfigOption<String> MESSAGE_RECORD =
            ConfigOptions.key("message.record")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where in a JSON frame the records are: a JSON pointer (RFC 6901) in which"
                                    + " * stands for every element of an array, or for the value itself"
                                    + " where there is no array, such as /data/*. A frame without"
                                    + " it is a control message: it makes no record and is counted.");

    public static final ConfigOption<MessageUnwrapping> MESSAGE_UNWRAP =
            ConfigOptions.key("message.unwrap")
                    .enumType(MessageUnwrapping.class)
                    .defaultValue(MessageUnwrapping.NONE)
                    .withDescription("What the record is wrapped in.");

    public static final ConfigOption<String> MESSAGE_EVENT_TIME =
            ConfigOptions.key("message.event-time")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where in a JSON frame the event time of a record is: a JSON pointer from the"
                                    + " root of the frame that may begin like 'message.record', such as"
                                    + " /data/*/ts for a field of the record or /ts for one of the"
                                    + " envelope. Without it, the time is the receive time. Where it"
                                    + " leads nowhere, to null or to an empty string,"
                                    + " 'message.event-time-missing' says what follows.");

    public static final ConfigOption<String> MESSAGE_EVENT_TIME_FORMAT =
            ConfigOptions.key("message.event-time-format")
                    .stringType()
                    .defaultValue("epoch-millis")
                    .withDescription(
                            "How 'message.event-time' is written: epoch-seconds, epoch-millis,"
                                    + " epoch-micros, epoch-nanos (a number or digits in a string,"
                                    + " fractions allowed, or hexadecimal with 0x), iso-8601, or a pattern of Java's"
                                    + " DateTimeFormatter.");

    public static final ConfigOption<String> MESSAGE_EVENT_TIME_ZONE =
            ConfigOptions.key("message.event-time-zone")
                    .stringType()
                    .defaultValue("UTC")
                    .withDescription(
                            "The time zone of an event time that names none, such as Europe/Berlin.");

    public static final ConfigOption<EventTimeMissing> MESSAGE_EVENT_TIME_MISSING =
            ConfigOptions.key("message.event-time-missing")
                    .enumType(EventTimeMissing.class)
                    .defaultValue(EventTimeMissing.PREVIOUS)
                    .withDescription(
                            "What becomes of a record that has no event time where"
                                    + " 'message.event-time' leads to.");

    public static final ConfigOption<Duration> MESSAGE_EVENT_TIME_MAX_AHEAD =
            ConfigOptions.key("message.event-time-max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "How much later than its receive time an event time may be. A record"
                                    + " whose time is later can't be decoded: it would move the"
                                    + " watermark there for good.");

    public static final ConfigOption<ErrorPolicy> ERROR_POLICY =
            ConfigOptions.key("error-policy")
                    .enumType(ErrorPolicy.class)
                    .defaultValue(ErrorPolicy.FAIL)
                    .withDescription("What happens when a message can't be decoded.");

    public static final ConfigOption<Map<String, String>> ADD_FIELD =
            ConfigOptions.key("add-field")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Fields to add to every event. Names and values may refer to the event:"
                                    + " %{field}, %{[outer][inner]}, %{+yyyy.MM.dd}, and to the message:"
                                    + " %{[@metadata][host]}. A field that exists becomes an array.");

    public static final ConfigOption<List<String>> TAGS =
            ConfigOptions.key("tags")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Tags to add to every event that does not have them. May refer to the event.");

    public static final ConfigOption<String> TYPE =
            ConfigOptions.key("type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The type of every event that has none.");

    public static final ConfigOption<String> ID =
            ConfigOptions.key("id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Names the feed in metrics, logs and lineage; made from the URLs if it is"
                                    + " not set. Must not be secret.");

    public static final ConfigOption<List<String>> SPLIT_NAMES =
            ConfigOptions.key("split-names")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Names the splits, one for each of 'url', in metrics, logs and checkpoints;"
                                    + " made from the URLs if it is not set. A split is found again in"
                                    + " a checkpoint by its name. Unique, without blanks; must not be"
                                    + " secret.");

    public static final ConfigOption<Boolean> ENABLE_METRIC =
            ConfigOptions.key("enable-metric")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether to register the connector's own metrics; those that Flink"
                                    + " registers for every source stay.");

    public static final ConfigOption<Long> BOUNDED_MESSAGES =
            ConfigOptions.key("bounded.messages")
                    .longType()
                    .noDefaultValue()
                    .withDescription("A split ends after so many messages.");

    public static final ConfigOption<Duration> BOUNDED_DURATION =
            ConfigOptions.key("bounded.duration")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A split ends so long after it was first started; restarts do not extend"
                                    + " it.");

    public static final ConfigOption<Duration> BOUNDED_IDLE_TIME =
            ConfigOptions.key("bounded.idle-time")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "A split ends when no record has arrived for so long, except while"
                                    + " messages wait to be read.");

    public static final ConfigOption<List<Integer>> BOUNDED_CLOSE_CODES =
            ConfigOptions.key("bounded.close-codes")
                    .intType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "A split ends when the server closes the connection with one of these"
                                    + " codes. 1005 stands for a close frame without a code.");

    public static final ConfigOption<Map<String, String>> HTTP_HEADERS =
            ConfigOptions.key("http-headers")
                    .mapType()
                    .noDefaultValue()
                    .withDescription(
                            "Headers of the upgrade request, such as Cookie, Origin, User-Agent"
                                    + " or an API key. Host, Connection, Upgrade and Sec-WebSocket-* are"
                                    + " ours.");

    public static final ConfigOption<List<String>> SUBPROTOCOLS =
            ConfigOptions.key("subprotocols")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "The subprotocols to offer, the best first. If there are any, the"
                                    + " server must choose one of them.");

    public static final ConfigOption<Integer> MAX_REDIRECTS =
            ConfigOptions.key("max-redirects")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "How many redirects in a row to follow, never from wss to ws. To"
                                    + " another server go no credentials, and of 'http-headers' only"
                                    + " Origin and User-Agent.");

    public static final ConfigOption<Duration> DATA_TIMEOUT =
            ConfigOptions.key("data-timeout")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "The connection is replaced when no record has arrived for so long, even"
                                    + " if pongs and messages without a record do. Only for feeds that"
                                    + " are never quiet. Stands still while messages wait to be read.");

    public static final ConfigOption<String> TLS_CA_FILE =
            ConfigOptions.key("tls.ca-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The certificates to trust instead of the JVM's: PEM, PKCS#12 or JKS."
                                    + " Like all files, it is read on the TaskManager at each attempt.");

    public static final ConfigOption<String> TLS_CA_PASSWORD =
            ConfigOptions.key("tls.ca-password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The password of that key store.");

    public static final ConfigOption<String> TLS_CERTIFICATE_FILE =
            ConfigOptions.key("tls.certificate-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The client's certificate chain, PEM, or a PKCS#12 or JKS key store"
                                    + " that holds chain and key.");

    public static final ConfigOption<String> TLS_KEY_FILE =
            ConfigOptions.key("tls.key-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The client's private key, PEM in PKCS#8, if it is not in the"
                                    + " certificate's file.");

    public static final ConfigOption<String> TLS_KEY_PASSWORD =
            ConfigOptions.key("tls.key-password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The password of the private key or of the client's key store.");

    public static final ConfigOption<String> TLS_MIN_VERSION =
            ConfigOptions.key("tls.min-version")
                    .stringType()
                    .defaultValue("TLSv1.2")
                    .withDescription("The oldest TLS version to speak: TLSv1.2 or TLSv1.3.");

    public static final ConfigOption<Boolean> TLS_INSECURE =
            ConfigOptions.key("tls.insecure-skip-verification")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Accept any certificate of any host. Anyone on the way can then read"
                                    + " and change everything.");

    public static final ConfigOption<String> PROXY_URL =
            ConfigOptions.key("proxy.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A proxy to go through, http://host:port (CONNECT) or"
                                    + " socks5://host:port. It resolves the server's name.");

    public static final ConfigOption<String> PROXY_USERNAME =
            ConfigOptions.key("proxy.username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The user name for the proxy.");

    public static final ConfigOption<String> PROXY_PASSWORD =
            ConfigOptions.key("proxy.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The password for the proxy.");

    public static final ConfigOption<String> AUTH_USERNAME =
            ConfigOptions.key("auth.username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The user name for Basic authentication.");

    public static final ConfigOption<String> AUTH_PASSWORD =
            ConfigOptions.key("auth.password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The password for Basic authentication.");

    public static final ConfigOption<String> AUTH_TOKEN =
            ConfigOptions.key("auth.token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A token to send as 'Authorization: Bearer ...', or in the header"
                                    + " that 'auth.header' names.");

    public static final ConfigOption<String> AUTH_TOKEN_FILE =
            ConfigOptions.key("auth.token-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("A file that holds the token.");

    public static final ConfigOption<String> AUTH_TOKEN_ENV =
            ConfigOptions.key("auth.token-env")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "An environment variable of the TaskManager that holds the token.");

    public static final ConfigOption<String> AUTH_HEADER =
            ConfigOptions.key("auth.header")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The header that is to hold the token alone, such as X-API-Key.");

    public static final ConfigOption<String> AUTH_OAUTH2_TOKEN_URL =
            ConfigOptions.key("auth.oauth2.token-url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The token endpoint for OAuth2 client credentials. The access token"
                                    + " is kept until shortly before it expires.");

    public static final ConfigOption<String> AUTH_OAUTH2_CLIENT_ID =
            ConfigOptions.key("auth.oauth2.client-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The client's id.");

    public static final ConfigOption<String> AUTH_OAUTH2_CLIENT_SECRET =
            ConfigOptions.key("auth.oauth2.client-secret")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The client's secret.");

    public static final ConfigOption<String> AUTH_OAUTH2_SCOPE =
            ConfigOptions.key("auth.oauth2.scope")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The scope to ask for.");

    public static final ConfigOption<List<Integer>> RETRY_FATAL_STATUSES =
            ConfigOptions.key("retry.fatal-statuses")
                    .intType()
                    .asList()
                    .defaultValues(400, 401, 403, 404, 410)
                    .withDescription(
                            "The HTTP statuses of a refused upgrade that fail the job. 401 and"
                                    + " 403 get one more attempt with fresh credentials first, if there are"
                                    + " any. All others are tried again; none before"
                                    + " Retry-After.");

    public static final ConfigOption<List<Integer>> RETRY_FATAL_CLOSE_CODES =
            ConfigOptions.key("retry.fatal-close-codes")
                    .intType()
                    .asList()
                    .defaultValues(1003, 1010)
                    .withDescription("The close codes of the server that fail the job.");

    public static final ConfigOption<Integer> CONNECT_RATE_MAX =
            ConfigOptions.key("connect-rate.max")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many connects to a host may begin within"
                                    + " 'connect-rate.interval', in the whole job; each subtask gets its"
                                    + " even share, at least one.");

    public static final ConfigOption<Duration> CONNECT_RATE_INTERVAL =
            ConfigOptions.key("connect-rate.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription("The interval of 'connect-rate.max'.");

    public static final ConfigOption<Integer> SEND_RATE_MAX =
            ConfigOptions.key("send-rate.max")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many messages may be sent on a connection within a second.");

    /** All of the above, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                URL,
                INITIAL_URL,
                OPEN_MESSAGES,
                INITIAL_OPEN_MESSAGES,
                POSITION_POINTER,
                CONNECT_TIMEOUT,
                CLOSE_TIMEOUT,
                PING_INTERVAL,
                READ_TIMEOUT,
                DATA_TIMEOUT,
                MAX_MESSAGE_SIZE,
                PERMESSAGE_DEFLATE,
                HTTP_HEADERS,
                SUBPROTOCOLS,
                MAX_REDIRECTS,
                TLS_CA_FILE,
                TLS_CA_PASSWORD,
                TLS_CERTIFICATE_FILE,
                TLS_KEY_FILE,
                TLS_KEY_PASSWORD,
                TLS_MIN_VERSION,
                TLS_INSECURE,
                PROXY_URL,
                PROXY_USERNAME,
                PROXY_PASSWORD,
                AUTH_USERNAME,
                AUTH_PASSWORD,
                AUTH_TOKEN,
                AUTH_TOKEN_FILE,
                AUTH_TOKEN_ENV,
                AUTH_HEADER,
                AUTH_OAUTH2_TOKEN_URL,
                AUTH_OAUTH2_CLIENT_ID,
                AUTH_OAUTH2_CLIENT_SECRET,
                AUTH_OAUTH2_SCOPE,
                RECONNECT_STABLE_AFTER,
                RECONNECT_INITIAL_BACKOFF,
                RECONNECT_MAX_BACKOFF,
                RECONNECT_RESTART_DELAY,
                RECONNECT_MAX_ATTEMPTS,
                RETRY_FATAL_STATUSES,
                RETRY_FATAL_CLOSE_CODES,
                CONNECT_RATE_MAX,
                CONNECT_RATE_INTERVAL,
                SEND_RATE_MAX,
                MAILBOX_MAX_BYTES,
                MAILBOX_MAX_MESSAGES,
                MAILBOX_OVERFLOW,
                MESSAGE_COMPRESSION,
                MESSAGE_FRAMING,
                MESSAGE_SEPARATOR,
                MESSAGE_RECORD,
                MESSAGE_UNWRAP,
                MESSAGE_EVENT_TIME,
                MESSAGE_EVENT_TIME_FORMAT,
                MESSAGE_EVENT_TIME_ZONE,
                MESSAGE_EVENT_TIME_MISSING,
                MESSAGE_EVENT_TIME_MAX_AHEAD,
                ERROR_POLICY,
                ADD_FIELD,
                TAGS,
                TYPE,
                ID,
                SPLIT_NAMES,
                ENABLE_METRIC,
                BOUNDED_MESSAGES,
                BOUNDED_DURATION,
                BOUNDED_IDLE_TIME,
                BOUNDED_CLOSE_CODES);
    }

    private WebSocketOptions() {}
}
