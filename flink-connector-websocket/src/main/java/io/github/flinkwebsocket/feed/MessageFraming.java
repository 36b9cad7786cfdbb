package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** How a message is cut into frames. */
@PublicEvolving
public enum MessageFraming implements DescribedEnum {
    MESSAGE("message", "a message is one frame"),
    LINES("lines", "a frame is a line, as in NDJSON"),
    SEPARATOR("separator", "frames are separated by message.separator"),
    JSON("json", "a frame is a JSON value; they follow each other, with or without blanks");

    private final String value;
    private final String description;

    MessageFraming(String value, String description) {
        this.value = value;
        this.description = description;
    }

    @Override
    public String toString() {
        return value;
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }
}
