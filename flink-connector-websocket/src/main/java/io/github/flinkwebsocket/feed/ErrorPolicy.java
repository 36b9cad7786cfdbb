package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** What happens when a message can't be decoded. */
@PublicEvolving
public enum ErrorPolicy implements DescribedEnum {
    FAIL("fail", "fail the job"),
    SKIP("skip", "count the message in numRecordsInErrors and go on"),
    EMIT("emit", "count it, and give the error and the raw message to the schema");

    private final String value;
    private final String description;

    ErrorPolicy(String value, String description) {
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
