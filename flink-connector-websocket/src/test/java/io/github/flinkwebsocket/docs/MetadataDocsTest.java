package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.message.MessageMetadata;

import org.junit.jupiter.api.Test;

class MetadataDocsTest {

    @Test
    void tableOfTheMetadataIsMadeFromTheCode() throws Exception {
        StringBuilder table = new StringBuilder("| Name | What it is |\n|---|---|\n");
        for (MessageMetadata metadata : MessageMetadata.values()) {
            table.append(String.format("| `%s` | %s |%n", metadata.key(), metadata.description()));
        }
        GeneratedDocs.check("decoding.md", "metadata", table.toString());
    }
}
