package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** What happens to a message that finds the mailbox full. */
@PublicEvolving
public enum OverflowPolicy implements DescribedEnum {
    BLOCK("block", "stop reading until there is room; the server is held back by TCP"),
    DROP_OLDEST("drop-oldest", "drop the oldest waiting messages, and count them"),
    DROP_NEWEST("drop-newest", "drop the arriving message, and count it"),
    FAIL("fail", "fail the job");

    private final String value;
    private final String description;

    OverflowPolicy(String value, String description) {
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
