package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Finds out whether a message holds several JSON values, and what is between them. Any thread. */
@Internal
final class FramingDetector {

    /** ASCII's record separator, as SignalR and RFC 7464 use it. */
    private static final char RECORD_SEPARATOR = '\u001e';

    private static final String WRITTEN_SEPARATOR = "\\u001e";

    /** Sets the options of the framing that was found; none if a message is one frame. */
    static void detect(Configuration options, List<WebSocketMessage> messages) {
        boolean several = false;
        boolean lines = true;
        for (WebSocketMessage message : messages) {
            String text = message.getText();
            if (isSeparated(text)) {
                options.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.SEPARATOR);
                options.set(WebSocketOptions.MESSAGE_SEPARATOR, WRITTEN_SEPARATOR);
                return;
            }
            List<JsonNode> values = JsonValues.read(message.getPayload());
            if (values != null && values.size() > 1) {
                several = true;
                lines &= isEachLine(text);
            }
        }
        if (several) {
            options.set(
                    WebSocketOptions.MESSAGE_FRAMING,
                    lines ? MessageFraming.LINES : MessageFraming.JSON);
        }
    }

    private static boolean isSeparated(String text) {
        return text.indexOf(RECORD_SEPARATOR) >= 0
                && isEach(text, String.valueOf(RECORD_SEPARATOR));
    }

    private static boolean isEachLine(String text) {
        return isEach(text, "\n");
    }

    private static boolean isEach(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .filter(part -> !part.isBlank())
                .allMatch(
                        part -> JsonValues.readOne(part.getBytes(StandardCharsets.UTF_8)) != null);
    }

    private FramingDetector() {}
}
