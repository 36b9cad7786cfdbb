package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

import static org.apache.flink.configuration.description.TextElement.text;

/** How the payload of binary messages is compressed. */
@PublicEvolving
public enum MessageCompression implements DescribedEnum {
    NONE("none", "not at all"),
    GZIP("gzip", "RFC 1952"),
    ZLIB("zlib", "RFC 1950"),
    DEFLATE("deflate", "RFC 1951, without a header"),
    ZSTD("zstd", "RFC 8878, without a dictionary");

    private final String value;
    private final String description;

    MessageCompression(String value, String description) {
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
