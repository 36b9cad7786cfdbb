package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.message.MessagePart;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Messages;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.UserCodeClassLoader;

import org.junit.jupiter.api.Test;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RowDeserializationSchemaTest {

    @Test
    void rowsOfTheFormatPassAsTheyAre() throws Exception {
        assertThat(rows(schema(null), Messages.text("x,y")))
                .containsExactly(row(RowKind.INSERT, "x", 0), row(RowKind.DELETE, "y", 1));
    }

    @Test
    void metadataFollowsEveryRowOfTheMessage() throws Exception {
        List<RowData> rows = rows(schema(null, "host", "size"), Messages.text("x,y"));

        assertThat(rows).extracting(RowData::getArity).containsOnly(4);
        assertThat(rows)
                .extracting(RowData::getRowKind)
                .containsExactly(RowKind.INSERT, RowKind.DELETE);
        assertThat(rows).extracting(row -> text(row, 0)).containsExactly("x", "y");
        assertThat(rows).extracting(row -> text(row, 2)).containsOnly("feed.example");
        assertThat(rows).extracting(row -> row.getInt(3)).containsOnly(3);
    }

    @Test
    void fieldsThatAreNotReadAreLeftOut() throws Exception {
        List<RowData> rows = rows(schema(new int[] {1, 2}, "host"), Messages.text("x,y"));

        assertThat(rows).extracting(row -> row.getInt(0)).containsExactly(0, 1);
        assertThat(rows).extracting(row -> text(row, 1)).containsOnly("feed.example");
        assertThat(rows)
                .extracting(RowData::getRowKind)
                .containsExactly(RowKind.INSERT, RowKind.DELETE);
        assertThat(rows(schema(new int[0]), Messages.text("x,y")))
                .extracting(RowData::getArity)
                .containsExactly(0, 0);
    }

    @Test
    void fieldsComeInAnyOrder() throws Exception {
        RowDeserializationSchema schema = schema(new int[] {2, 0, 3}, "host", "error");
        List<RowData> rows = rows(schema, Messages.text("x"));
        schema.deserializeFailed(Messages.text("bad"), new IOException("Bad."), collector(rows));

        assertThat(rows).extracting(row -> text(row, 0)).containsOnly("feed.example");
        assertThat(text(rows.get(0), 1)).isEqualTo("x");
        assertThat(rows.get(1).isNullAt(1)).isTrue();
        assertThat(text(rows.get(1), 2)).isEqualTo("Bad.");
    }

    @Test
    void badMessageBecomesARowOfNullsWithItsMetadata() throws Exception {
        List<RowData> rows = new ArrayList<>();
        schema(null, "error", "raw-payload", "host")
                .deserializeFailed(
                        Messages.text("bad"), new IOException("That is bad."), collector(rows));

        RowData row = rows.get(0);
        assertThat(rows).hasSize(1);
        assertThat(row.getRowKind()).isEqualTo(RowKind.INSERT);
        assertThat(row.isNullAt(0) && row.isNullAt(1)).isTrue();
        assertThat(text(row, 2)).isEqualTo("That is bad.");
        assertThat(row.getBinary(3)).isEqualTo("bad".getBytes(StandardCharsets.UTF_8));
        assertThat(text(row, 4)).isEqualTo("feed.example");
    }

    @Test
    void goodMessageHasNoErrorAndNoRawPayload() throws Exception {
        RowData row = rows(schema(null, "error", "raw-payload"), Messages.text("x")).get(0);
        assertThat(row.isNullAt(2) && row.isNullAt(3)).isTrue();
    }

    @Test
    void timestampIsThatOfTheMessage() throws Exception {
        WebSocketMessage message = MessagePart.withTimestamp(Messages.text("x"), 42);
        RowDeserializationSchema schema = schema(null);
        assertThat(schema.getTimestamp(rows(schema, message).get(0), message)).isEqualTo(42);
    }

    private static RowDeserializationSchema schema(@Nullable int[] fields, String... metadata)
            throws Exception {
        RowDeserializationSchema schema =
                InstantiationUtil.clone(
                        new RowDeserializationSchema(
                                new WordsSchema(),
                                null,
                                2,
                                List.of(metadata),
                                fields == null
                                        ? IntStream.range(0, 2 + metadata.length).toArray()
                                        : fields,
                                null));
        schema.open(
                new DeserializationSchema.InitializationContext() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return new UnregisteredMetricsGroup();
                    }

                    @Override
                    public UserCodeClassLoader getUserCodeClassLoader() {
                        return null;
                    }
                });
        return schema;
    }

    private static List<RowData> rows(RowDeserializationSchema schema, WebSocketMessage message)
            throws IOException {
        List<RowData> rows = new ArrayList<>();
        schema.deserialize(message, collector(rows));
        return rows;
    }

    private static Collector<RowData> collector(List<RowData> rows) {
        return new Collector<>() {
            @Override
            public void collect(RowData row) {
                rows.add(row);
            }

            @Override
            public void close() {}
        };
    }

    private static String text(RowData row, int field) {
        return row.getString(field).toString();
    }

    private static RowData row(RowKind kind, String word, int number) {
        return GenericRowData.ofKind(kind, StringData.fromString(word), number);
    }

    /** A row for each word, with its number; those with an odd number are deletions. */
    private static final class WordsSchema extends AbstractDeserializationSchema<RowData> {

        private static final long serialVersionUID = 1L;

        WordsSchema() {
            super(type());
        }

        private static TypeInformation<RowData> type() {
            return InternalTypeInfo.of(
                    DataTypes.ROW(DataTypes.STRING(), DataTypes.INT()).getLogicalType());
        }

        @Override
        public RowData deserialize(byte[] message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deserialize(byte[] message, Collector<RowData> out) {
            int number = 0;
            for (String word : new String(message, StandardCharsets.UTF_8).split(",")) {
                out.collect(row(number % 2 == 0 ? RowKind.INSERT : RowKind.DELETE, word, number));
                number++;
            }
        }
    }
}
