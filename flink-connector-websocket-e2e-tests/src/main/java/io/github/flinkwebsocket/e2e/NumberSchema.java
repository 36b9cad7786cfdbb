package io.github.flinkwebsocket.e2e;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code path number connection} of a message {@code {"n":number,"path":"path"}}. Runs on the
 * task thread.
 */
final class NumberSchema implements WebSocketDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;
    private static final Pattern MESSAGE =
            Pattern.compile("\\{\"n\":(\\d+),\"path\":\"([^\"]+)\"\\}");

    @Override
    public void deserialize(WebSocketMessage message, Collector<String> out) throws IOException {
        Matcher matcher = MESSAGE.matcher(message.getText());
        if (!matcher.matches()) {
            throw new IOException("Not a numbered message: " + message);
        }
        out.collect(
                matcher.group(2) + " " + matcher.group(1) + " " + message.getConnectionNumber());
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
