package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.TableSources;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketDynamicTableSourceTest {

    private static final DataType TYPE =
            DataTypes.ROW(
                    DataTypes.FIELD("a", DataTypes.INT()), DataTypes.FIELD("b", DataTypes.INT()));

    private static final WatermarkStrategy<RowData> WATERMARKS =
            WatermarkStrategy.forMonotonousTimestamps();

    private final Format format = new Format(ChangelogMode.insertOnly());

    // ---------------------------------------------------------------- copy and equals

    @Test
    void sourcesOfTheSameAreEqual() {
        assertThat(source()).isEqualTo(source()).hasSameHashCodeAs(source());
        assertThat(source().copy()).isEqualTo(source()).isNotSameAs(source());
        assertThat(source()).isNotEqualTo(new Object());
    }

    @Test
    void optionsCount() {
        Configuration other = new Configuration();
        other.set(WebSocketOptions.ID, "other");
        assertDiffers(source(other, format, TYPE, "t", watermark(Map.of()), 2));
    }

    @Test
    void formatCounts() {
        assertDiffers(
                source(
                        options(),
                        new Format(ChangelogMode.all()),
                        TYPE,
                        "t",
                        watermark(Map.of()),
                        2));
    }

    @Test
    void physicalTypeCounts() {
        DataType other = DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()));
        assertDiffers(source(options(), format, other, "t", watermark(Map.of()), 2));
    }

    @Test
    void nameOfTheTableCounts() {
        assertDiffers(source(options(), format, TYPE, "other", watermark(Map.of()), 2));
        assertDiffers(source(options(), format, true, TYPE, "t", watermark(Map.of()), 2));
    }

    @Test
    void sourceWatermarkCounts() {
        for (Map<String, String> options :
                List.of(
                        Map.of("scan.watermark.idle-timeout", "1 s"),
                        Map.of("scan.watermark.emit.strategy", "on-event"),
                        Map.of("scan.watermark.alignment.group", "g"),
                        Map.of("scan.watermark.alignment.max-drift", "1 s"),
                        Map.of("scan.watermark.alignment.update-interval", "2 s"))) {
            assertDiffers(source(options(), format, TYPE, "t", watermark(options), 2));
        }
    }

    @Test
    void parallelismCounts() {
        assertDiffers(source(options(), format, TYPE, "t", watermark(Map.of()), 3));
        assertDiffers(source(options(), format, TYPE, "t", watermark(Map.of()), null));
    }

    @Test
    void projectionCounts() {
        assertChanges(source -> source.applyProjection(new int[][] {{1}, {0}}, TYPE));
    }

    @Test
    void typeOfTheProjectionCounts() {
        DataType other = DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT()));
        assertChanges(source -> source.applyProjection(new int[][] {{0}, {1}}, other));
    }

    @Test
    void metadataOfTheConnectorCounts() {
        assertChanges(source -> source.applyReadableMetadata(List.of("host"), TYPE));
    }

    @Test
    void metadataOfTheFormatCounts() {
        assertChanges(source -> source.applyReadableMetadata(List.of("value.m"), TYPE));
    }

    @Test
    void typeWithMetadataCounts() {
        DataType other = DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT()));
        assertChanges(source -> source.applyReadableMetadata(List.of(), other));
    }

    @Test
    void watermarksCount() {
        assertChanges(source -> source.applyWatermark(WATERMARKS));
    }

    @Test
    void whetherTheWatermarkIsTheSourcesCounts() {
        assertChanges(WebSocketDynamicTableSource::applySourceWatermark);
    }

    @Test
    void limitCounts() {
        assertChanges(source -> source.applyLimit(3));
    }

    private void assertDiffers(WebSocketDynamicTableSource other) {
        assertThat(other).isNotEqualTo(source());
        assertThat(other.hashCode()).isNotEqualTo(source().hashCode());
        assertThat(other.copy()).isEqualTo(other).hasSameHashCodeAs(other);
    }

    private void assertChanges(Consumer<WebSocketDynamicTableSource> change) {
        WebSocketDynamicTableSource changed = source();
        change.accept(changed);
        assertDiffers(changed);

        WebSocketDynamicTableSource original = source();
        change.accept((WebSocketDynamicTableSource) original.copy());
        assertThat(original).as("a change of its copy").isEqualTo(source());
    }

    // ---------------------------------------------------------------- abilities

    @Test
    void metadataOfTheFormatComesFirst() {
        assertThat(source().listReadableMetadata().keySet())
                .startsWith("value.m", "value.n")
                .hasSize(2 + MetadataColumn.all().size())
                .endsWith(MetadataColumn.all().keySet().toArray(new String[0]));
    }

    @Test
    void copiesThatShareTheFormatKeepTheirMetadataApart() {
        WebSocketDynamicTableSource one = source();
        WebSocketDynamicTableSource other = (WebSocketDynamicTableSource) one.copy();
        one.applyReadableMetadata(List.of("value.m"), TYPE);
        other.applyReadableMetadata(List.of("value.n"), TYPE);

        TableSources.provider(one);
        assertThat(format.metadata).containsExactly("m");
        TableSources.provider(other);
        assertThat(format.metadata).containsExactly("n");
        TableSources.provider(source());
        assertThat(format.metadata).isEmpty();
    }

    @Test
    void limitIsNotForChanges() {
        Format changes = new Format(ChangelogMode.all());
        WebSocketDynamicTableSource source =
                source(options(), changes, TYPE, "t", watermark(Map.of()), 2);
        DynamicTableSource before = source.copy();
        source.applyLimit(3);
        assertThat(source).isEqualTo(before);
    }

    @Test
    void limitMakesTheSourceBounded() {
        WebSocketDynamicTableSource source = source();
        assertThat(TableSources.provider(source).isBounded()).isFalse();
        source.applyLimit(3);
        assertThat(TableSources.provider(source).isBounded()).isTrue();
    }

    @Test
    void jobGetsUidParallelismAndWatermarks() {
        WebSocketDynamicTableSource source = source();
        source.applyWatermark(WATERMARKS);

        assertThat(TableSources.uid(source)).isEqualTo("uid-websocket");
        assertThat(TableSources.provider(source).getParallelism()).contains(2);
        assertThat(TableSources.watermarks(source)).isSameAs(WATERMARKS);
    }

    private WebSocketDynamicTableSource source() {
        return source(options(), format, TYPE, "t", watermark(Map.of()), 2);
    }

    private static WebSocketDynamicTableSource source(
            Configuration config,
            Format format,
            DataType type,
            String name,
            SourceWatermark watermark,
            Integer parallelism) {
        return source(config, format, false, type, name, watermark, parallelism);
    }

    private static WebSocketDynamicTableSource source(
            Configuration config,
            Format format,
            boolean checksJson,
            DataType type,
            String name,
            SourceWatermark watermark,
            Integer parallelism) {
        return new WebSocketDynamicTableSource(
                config, format, checksJson, type, name, watermark, parallelism);
    }

    private static Configuration options() {
        Configuration config = new Configuration();
        config.set(WebSocketOptions.URL, List.of("wss://feed.example/"));
        return config;
    }

    private static SourceWatermark watermark(Map<String, String> options) {
        Configuration session = new Configuration();
        session.setString("table.exec.source.idle-timeout", "0 ms");
        return SourceWatermark.read(Configuration.fromMap(options), session);
    }

    /** Decodes nothing; remembers the metadata it was told last. */
    private static final class Format implements DecodingFormat<DeserializationSchema<RowData>> {

        private final ChangelogMode mode;
        private List<String> metadata = List.of();

        Format(ChangelogMode mode) {
            this.mode = mode;
        }

        @Override
        public DeserializationSchema<RowData> createRuntimeDecoder(
                DynamicTableSource.Context context, DataType type) {
            return new NothingSchema();
        }

        @Override
        public Map<String, DataType> listReadableMetadata() {
            return new TreeMap<>(Map.of("m", DataTypes.STRING(), "n", DataTypes.STRING()));
        }

        @Override
        public void applyReadableMetadata(List<String> keys) {
            metadata = keys;
        }

        @Override
        public ChangelogMode getChangelogMode() {
            return mode;
        }
    }

    private static final class NothingSchema extends AbstractDeserializationSchema<RowData> {

        private static final long serialVersionUID = 1L;

        NothingSchema() {
            super(RowData.class);
        }

        @Override
        public RowData deserialize(byte[] message) {
            return null;
        }
    }
}
