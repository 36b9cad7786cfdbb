package io.github.flinkwebsocket.testing;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/**
 * Emits the values of a {@link ReplayServer}. A value that ends in {@code @n} has the timestamp n.
 */
public final class ReplaySchema implements WebSocketDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;

    private final boolean withConnection;

    private ReplaySchema(boolean withConnection) {
        this.withConnection = withConnection;
    }

    public static ReplaySchema values() {
        return new ReplaySchema(false);
    }

    /** Puts the number of the connection and a colon before each value. */
    public static ReplaySchema valuesWithConnection() {
        return new ReplaySchema(true);
    }

    /** What a message of the server holds. */
    public static String value(WebSocketMessage message) {
        String text = message.getText();
        int start = text.indexOf("\"value\":\"") + 9;
        return text.substring(start, text.length() - 2);
    }

    @Override
    public void deserialize(WebSocketMessage message, Collector<String> out) {
        String value = value(message);
        out.collect(withConnection ? message.getConnectionNumber() + ":" + value : value);
    }

    @Override
    public long getTimestamp(String record, WebSocketMessage message) {
        int at = record.lastIndexOf('@');
        return at < 0 ? message.getReceiveTime() : Long.parseLong(record.substring(at + 1));
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
