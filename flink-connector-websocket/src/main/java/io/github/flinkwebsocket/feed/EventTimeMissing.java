package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** What becomes of a record without an event time, if the feed says where it should be. */
@PublicEvolving
public enum EventTimeMissing implements DescribedEnum {
    PREVIOUS(
            "previous",
            "it takes that of the record before it on its split; before the first it has the smallest"
                    + " time there is, which moves no watermark"),
    RECEIVE_TIME("receive-time", "it takes the time when it was received"),
    ERROR("error", "it can't be decoded");

    private final String value;
    private final String description;

    EventTimeMissing(String value, String description) {
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
