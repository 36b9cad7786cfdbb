package io.github.flinkwebsocket.benchmarks;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;

import java.util.Arrays;
import java.util.Locale;

/** The receivers that are compared, in the order of the table. */
enum Row {
    BARE("bare socket read", false),
    PARSER("hand-written parser to byte[]", false),
    STOCK("Java-WebSocket, onMessage(String)", false),
    CONNECTION("our connection", false),
    SOURCE("our source, byte[]", true),
    SOURCE_SELECT("our source, byte[], record out of an envelope, event time", true),
    NAIVE("naive source, String", true),
    SOURCE_ROWS("our source, RowData", true),
    NAIVE_ROWS("naive source, RowData", true);

    final String title;

    /** Whether a Flink job receives. */
    final boolean flink;

    Row(String title, boolean flink) {
        this.title = title;
        this.flink = flink;
    }

    /** Whether each message is an array of one record in an object. */
    boolean envelope() {
        return this == SOURCE_SELECT;
    }

    /** As it is written on the command line. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Row of(String id) {
        return Arrays.stream(values())
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown row '" + id + "'"));
    }

    Receiver receiver(int size) {
        switch (this) {
            case BARE:
                return new BareRead(size);
            case PARSER:
                return new HandWrittenParser();
            case STOCK:
                return uri -> new StockClient(uri, message -> Counter.add(1)).connect();
            case CONNECTION:
                return new OwnConnection();
            case SOURCE:
                return uri ->
                        FlinkJob.ownSource(WebSocketDeserializationSchema.bytes(), uri.toString());
            case SOURCE_SELECT:
                return uri ->
                        FlinkJob.ownSource(
                                WebSocketDeserializationSchema.bytes(),
                                Messages.envelope(),
                                uri.toString());
            case NAIVE:
                return uri -> FlinkJob.naiveSource(NaiveSource.strings(uri));
            case SOURCE_ROWS:
                return uri ->
                        FlinkJob.ownSource(
                                WebSocketDeserializationSchema.valueOnly(Messages.schema()),
                                uri.toString());
            default:
                return uri -> FlinkJob.naiveSource(NaiveSource.decoding(uri, Messages.schema()));
        }
    }
}
