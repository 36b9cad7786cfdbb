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
            "it is in a JSON string, or in plain text, in Base64 (RFC 4648, also the URL-safe alphabet, padding optional)"),
    BASE64_GZIP("base64-gzip", "the same, compressed with gzip", MessageCompression.GZIP),
    BASE64_ZLIB("base64-zlib", "the same, compressed with zlib", MessageCompression.ZLIB),
    BASE64_DEFLATE(
            "base64-deflate",
            "the same, compressed with deflate, without a header",
            MessageCompression.DEFLATE);

    private final String value;
    private final String description;
    private final MessageCompression compression;

    MessageUnwrapping(String value, String description) {
        this(value, description, MessageCompression.NONE);
    }

    MessageUnwrapping(String value, String description, MessageCompression compression) {
        this.value = value;
        this.description = description;
        this.compression = compression;
    }

    /** How what was wrapped is compressed. */
    public MessageCompression compression() {
        return compression;
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
