package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** What a record is wrapped in. */
@PublicEvolving
public enum MessageUnwrapping implements DescribedEnum {
    NONE("none", "nothing"),
    JSON_STRING("json-string", "it is the text of a JSON string"),
    BASE64(
            "base64",
            "it is in a JSON string, or in plain text, in Base64 (RFC 4648, also the URL-safe alphabet, padding optional)");

    private final String value;
    private final String description;

    MessageUnwrapping(String value, String description) {
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
