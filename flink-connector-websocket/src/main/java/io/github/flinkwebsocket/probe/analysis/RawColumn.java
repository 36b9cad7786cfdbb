package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/** The one column of records that are no JSON objects. Immutable; any thread. */
@Internal
final class RawColumn {

    private final boolean text;
    private final String guess;

    private RawColumn(boolean text, String guess) {
        this.text = text;
        this.guess = guess;
    }

    /**
     * @param frames what of the messages is JSON
     * @param unwrapped whether the records were in a string
     */
    static RawColumn of(List<WebSocketMessage> records, List<JsonNode> frames, boolean unwrapped) {
        if (!records.stream().allMatch(r -> CompressionDetector.isUtf8(r.getPayload()))) {
            return new RawColumn(
                    false,
                    "the messages are binary, and neither text nor compressed text: no format was"
                            + " found for them");
        }
        if (unwrapped) {
            return new RawColumn(true, "the records are no JSON objects");
        }
        return new RawColumn(
                true,
                frames.stream()
                        .filter(JsonNode::isArray)
                        .findFirst()
                        .map(RawColumn::arrayGuess)
                        .orElse("the messages are no JSON objects"));
    }

    private static String arrayGuess(JsonNode array) {
        StringBuilder path = new StringBuilder("$");
        for (JsonNode node = array; node != null && node.isArray(); node = node.get(0)) {
            path.append("[0]");
        }
        return "the messages are arrays in which the position says what a value is; the json format"
                + " can't read them as rows, so each is text: take it apart with"
                + " JSON_VALUE(message, '"
                + path
                + "')";
    }

    void addTo(FeedAnalysis analysis) {
        analysis.formatOptions.put("format", "raw");
        analysis.columns.put(text ? "message" : "payload", text ? "STRING" : "BYTES");
        analysis.guesses.add(guess);
    }
}
