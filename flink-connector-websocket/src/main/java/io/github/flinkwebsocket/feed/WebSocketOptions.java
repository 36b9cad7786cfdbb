package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

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
                            "Where to connect, ws:// or wss://; each URL is one split. May contain"
                                    + " ${position}. User info becomes Basic authentication.");

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

    public static final ConfigOption<Duration> CONNECT_TIMEOUT =
            ConfigOptions.key("connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "One deadline for TCP, TLS and the answer to the upgrade request.");

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

    public static final ConfigOption<Duration> RECONNECT_INITIAL_BACKOFF =
            ConfigOptions.key("reconnect.initial-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "The longest wait before the first reconnect. It doubles with every"
                                    + " attempt that brings no message; the wait itself is drawn at"
                                    + " random between 0 and it.");

    public static final ConfigOption<Duration> RECONNECT_MAX_BACKOFF =
            ConfigOptions.key("reconnect.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription("Where the doubling stops.");

    public static final ConfigOption<Integer> RECONNECT_MAX_ATTEMPTS =
            ConfigOptions.key("reconnect.max-attempts")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The job fails with the last cause after so many connection attempts in a"
                                    + " row that brought no message. Without it, for ever.");

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

    public static final ConfigOption<ErrorPolicy> ERROR_POLICY =
            ConfigOptions.key("error-policy")
                    .enumType(ErrorPolicy.class)
                    .defaultValue(ErrorPolicy.FAIL)
                    .withDescription("What happens when a message can't be decoded.");

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
                    .withDescription("A split ends when no message has arrived for so long.");

    public static final ConfigOption<List<Integer>> BOUNDED_CLOSE_CODES =
            ConfigOptions.key("bounded.close-codes")
                    .intType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "A split ends when the server closes the connection with one of these"
                                    + " codes. 1005 stands for a close frame without a code.");

    /** All of the above, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                URL,
                INITIAL_URL,
                OPEN_MESSAGES,
                INITIAL_OPEN_MESSAGES,
                CONNECT_TIMEOUT,
                CLOSE_TIMEOUT,
                PING_INTERVAL,
                READ_TIMEOUT,
                MAX_MESSAGE_SIZE,
                PERMESSAGE_DEFLATE,
                RECONNECT_INITIAL_BACKOFF,
                RECONNECT_MAX_BACKOFF,
                RECONNECT_MAX_ATTEMPTS,
                MAILBOX_MAX_BYTES,
                MAILBOX_MAX_MESSAGES,
                MAILBOX_OVERFLOW,
                ERROR_POLICY,
                BOUNDED_MESSAGES,
                BOUNDED_DURATION,
                BOUNDED_IDLE_TIME,
                BOUNDED_CLOSE_CODES);
    }

    private WebSocketOptions() {}
}
