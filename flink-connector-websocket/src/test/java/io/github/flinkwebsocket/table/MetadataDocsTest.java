package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.docs.GeneratedDocs;

import org.junit.jupiter.api.Test;

class MetadataDocsTest {

    @Test
    void tableOfTheMetadataIsMadeFromTheCode() throws Exception {
        StringBuilder table = new StringBuilder();
        table.append("| Key | Type | What it is |\n|---|---|---|\n");
        table.append("| `value.*` | that of the format | what the format knows, such as");
        table.append(" `value.ingestion-timestamp` of `debezium-json` |\n");
        MetadataColumn.all()
                .forEach(
                        (key, column) ->
                                table.append(
                                        String.format(
                                                "| `%s` | `%s` | %s |%n",
                                                key, column.type(), column.description())));
        GeneratedDocs.check("sql.md", "metadata", table.toString());
    }
}
