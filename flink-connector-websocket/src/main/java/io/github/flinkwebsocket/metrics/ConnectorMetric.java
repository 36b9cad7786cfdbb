package io.github.flinkwebsocket.metrics;

import org.apache.flink.annotation.Internal;

/**
 * Every metric that the connector registers or updates: the one place that says what it is called.
 * {@link ReaderMetrics} and {@link SplitMetrics} register by it, the documentation is made of it.
 * Any thread.
 */
@Internal
public enum ConnectorMetric {
    RECORDS_IN(Scope.READER, "numRecordsIn", Kind.COUNTER, "messages handed to the deserializer"),
    BYTES_IN(Scope.READER, "numBytesIn", Kind.COUNTER, "their payload bytes"),
    RECORDS_IN_ERRORS(
            Scope.READER,
            "numRecordsInErrors",
            Kind.COUNTER,
            "messages, frames and records that could not be decoded"),
    PENDING_RECORDS(
            Scope.READER, "pendingRecords", Kind.GAUGE, "messages that wait in the mailbox"),
    PENDING_BYTES(Scope.READER, "pendingBytes", Kind.GAUGE, "their payload bytes"),
    FETCH_EVENT_TIME_LAG(
            Scope.READER,
            "currentFetchEventTimeLag",
            Kind.GAUGE_MILLIS,
            "receive time minus the timestamp the schema gave, of the last record with one; 0"
                    + " before"),

    CONTROL_MESSAGES(
            Scope.FEED,
            "controlMessages",
            Kind.COUNTER,
            "frames without the record that `message.record` points to"),
    RECORDS_WITHOUT_EVENT_TIME(
            Scope.FEED,
            "recordsWithoutEventTime",
            Kind.COUNTER,
            "records without the event time that `message.event-time` points to, unless that is an"
                    + " error"),
    MAILBOX_USAGE(
            Scope.FEED,
            "mailboxUsage",
            Kind.GAUGE,
            "from 0 to 1: how full the mailbox is, for the split that has filled most of its share"),

    CONNECTION_STATE(
            Scope.SPLIT,
            "connectionState",
            Kind.GAUGE,
            "0 waiting to connect, 1 connecting, 2 open, 3 closed for good"),
    CONNECTS(Scope.SPLIT, "connects", Kind.GAUGE, "connection attempts"),
    RECONNECTS(
            Scope.SPLIT,
            "reconnects",
            Kind.GAUGE,
            "connections that opened after the first one that did"),
    DOWNTIME(
            Scope.SPLIT,
            "downtimeMillis",
            Kind.GAUGE_MILLIS,
            "without an open connection, in total: each outage from what was read last to the next"
                    + " connection that opened; after a restart from what the checkpoint knows was"
                    + " read last"),
    LAST_CLOSE_CODE(
            Scope.SPLIT,
            "lastCloseCode",
            Kind.GAUGE,
            "close code of the last connection that ended: the server's, ours, or 1006 without a"
                    + " close frame; 0 before"),
    LAST_FAILURE(
            Scope.SPLIT,
            "lastFailure",
            Kind.GAUGE_TEXT,
            "why the last connection ended, as the log says it, up to 200 characters; empty before"),
    MESSAGES_RECEIVED(Scope.SPLIT, "messagesReceived", Kind.GAUGE, "messages read from the socket"),
    BYTES_RECEIVED(Scope.SPLIT, "bytesReceived", Kind.GAUGE, "their payload bytes"),
    FRAMES_WITHOUT_DATA(
            Scope.SPLIT,
            "framesWithoutData",
            Kind.GAUGE,
            "pings, pongs and empty fragments read from the socket; more than 60,000 within a minute"
                    + " end the connection"),
    MESSAGES_DROPPED(
            Scope.SPLIT, "messagesDropped", Kind.GAUGE, "messages dropped by `mailbox.overflow`"),
    GAPS(
            Scope.SPLIT,
            "gaps",
            Kind.GAUGE,
            "how often messages may have been lost: outages and restarts without a position to"
                    + " continue from, and socket reads in a row that dropped messages"),
    TIME_SINCE_LAST_MESSAGE(
            Scope.SPLIT,
            "timeSinceLastMessage",
            Kind.GAUGE_MILLIS,
            "since the last message with a record was received, those without one not counted;"
                    + " stands still while messages wait; -1 before the first"),

    UNASSIGNED_SPLITS(
            Scope.ENUMERATOR, "unassignedSplits", Kind.GAUGE, "splits that wait for their reader");

    /** What a metric is of, which decides its name. */
    public enum Scope {
        READER,
        FEED,
        SPLIT,
        ENUMERATOR
    }

    /**
     * How a metric is read. What another thread than the task's counts is a gauge, because Flink's
     * counters belong to one thread.
     */
    public enum Kind {
        COUNTER("counter"),
        GAUGE("gauge"),
        GAUGE_MILLIS("gauge, ms"),
        GAUGE_TEXT("gauge, text");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As the documentation names it. */
        public String label() {
            return label;
        }
    }

    private final Scope scope;
    private final String key;
    private final Kind kind;
    private final String description;

    ConnectorMetric(Scope scope, String key, Kind kind, String description) {
        this.scope = scope;
        this.key = key;
        this.kind = kind;
        this.description = description;
    }

    public Scope scope() {
        return scope;
    }

    /** The name within its scope. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    public String description() {
        return description;
    }
}
