package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a table can't read of a feed: what failed, and where rows are JSON objects, what is none,
 * such as "pong". Used by one thread.
 */
@Internal
final class Unreadable {

    private static final int SHOWN = 40;

    private int count;
    private String example = "";

    /**
     * @param isJson whether rows are JSON objects
     */
    Unreadable(boolean isJson, Trial trial) {
        if (isJson) {
            trial.parts().stream().filter(part -> !isObject(part)).forEach(this::add);
        }
        if (trial.failures() > 0) {
            add(trial.firstFailure());
            count += trial.failures() - 1;
        }
    }

    private static boolean isObject(WebSocketMessage part) {
        JsonNode json = JsonValues.readOne(part.getPayload());
        return json != null && json.isObject();
    }

    private void add(WebSocketMessage part) {
        if (count++ == 0) {
            example = SqlText.line(part.getText(), SHOWN);
        }
    }

    int count() {
        return count;
    }

    /** The beginning of the first one, as it may stand in a comment. */
    String example() {
        return example;
    }
}
