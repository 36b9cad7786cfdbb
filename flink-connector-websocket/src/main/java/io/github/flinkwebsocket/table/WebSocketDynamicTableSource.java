package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;

import javax.annotation.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table over a feed, and what the planner has pushed into it. Used where the query is planned;
 * the planner changes it before it asks for the provider, and works on copies.
 */
@Internal
final class WebSocketDynamicTableSource
        implements ScanTableSource,
                SupportsReadingMetadata,
                SupportsWatermarkPushDown,
                SupportsSourceWatermark,
                SupportsProjectionPushDown,
                SupportsLimitPushDown {

    private static final String FORMAT_PREFIX = "value.";

    private final Configuration config;
    private final DecodingFormat<DeserializationSchema<RowData>> format;
    private final boolean checksJson;
    private final DataType physicalType;
    private final String tableName;
    private final SourceWatermark sourceWatermark;
    @Nullable private final Integer parallelism;

    /** The fields of {@link #physicalType} to read. */
    private int[] projection;

    /** What follows them, in any order: parts of a query that read one table have it mixed. */
    private List<String> metadata = List.of();

    private DataType producedType;
    @Nullable private WatermarkStrategy<RowData> watermarks;
    private boolean sourceWatermarkApplied;
    private long limit = Long.MAX_VALUE;

    /**
     * @param config options of the connector, checked
     * @param checksJson whether the format reads JSON, and is not to ignore what is wrong with it
     * @param parallelism null for that of the environment
     */
    WebSocketDynamicTableSource(
            Configuration config,
            DecodingFormat<DeserializationSchema<RowData>> format,
            boolean checksJson,
            DataType physicalType,
            String tableName,
            SourceWatermark sourceWatermark,
            @Nullable Integer parallelism) {
        this.config = config;
        this.format = format;
        this.checksJson = checksJson;
        this.physicalType = physicalType;
        this.tableName = tableName;
        this.sourceWatermark = sourceWatermark;
        this.parallelism = parallelism;
        this.projection = RowDecoder.allFields(physicalType);
        this.producedType = physicalType;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return format.getChangelogMode();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        List<String> formatMetadata = metadata(true);
        List<String> ownMetadata = metadata(false);
        if (!format.listReadableMetadata().isEmpty()) {
            // Copies of this source share the format, so it is told only now.
            format.applyReadableMetadata(
                    formatMetadata.stream()
                            .map(key -> key.substring(FORMAT_PREFIX.length()))
                            .collect(Collectors.toList()));
        }
        RowDecoder decoder = RowDecoder.of(context, format, physicalType, projection);
        int decodedFields = decoder.physicalFields() + formatMetadata.size();
        IntStream metadataFields =
                metadata.stream()
                        .mapToInt(
                                key ->
                                        isOfFormat(key)
                                                ? decoder.physicalFields()
                                                        + formatMetadata.indexOf(key)
                                                : decodedFields + ownMetadata.indexOf(key));
        WebSocketSourceBuilder<RowData> builder =
                WebSocketSource.<RowData>builder()
                        .setOptions(config)
                        .setDeserializer(
                                new RowDeserializationSchema(
                                        decoder.schema(),
                                        checksJson
                                                ? new JsonCheck(Feed.of(config).messages())
                                                : null,
                                        decodedFields,
                                        ownMetadata,
                                        IntStream.concat(
                                                        IntStream.of(decoder.projection()),
                                                        metadataFields)
                                                .toArray(),
                                        context.createTypeInformation(producedType)));
        if (limit != Long.MAX_VALUE) {
            builder.setRecordLimit(limit);
        }
        try {
            return new WebSocketScanProvider(
                    builder.build(), watermarkStrategy(), "WebSocket " + tableName, parallelism);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
    }

    private WatermarkStrategy<RowData> watermarkStrategy() {
        if (sourceWatermarkApplied) {
            return sourceWatermark.strategy();
        }
        return watermarks == null ? WatermarkStrategy.noWatermarks() : watermarks;
    }

    /** Those of the format first: the planner appends them in this order. */
    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> readable = new LinkedHashMap<>();
        format.listReadableMetadata()
                .forEach((key, type) -> readable.put(FORMAT_PREFIX + key, type));
        MetadataColumn.all().forEach((key, column) -> readable.putIfAbsent(key, column.type()));
        return readable;
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType newProducedType) {
        metadata = List.copyOf(keys);
        producedType = newProducedType;
    }

    private List<String> metadata(boolean ofFormat) {
        return metadata.stream()
                .filter(key -> isOfFormat(key) == ofFormat)
                .collect(Collectors.toList());
    }

    private static boolean isOfFormat(String key) {
        return key.startsWith(FORMAT_PREFIX);
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> strategy) {
        watermarks = strategy;
    }

    @Override
    public void applySourceWatermark() {
        sourceWatermarkApplied = true;
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType newProducedType) {
        projection = Arrays.stream(projectedFields).mapToInt(path -> path[0]).toArray();
        producedType = newProducedType;
    }

    /** Not for changes: the first so many of them may be fewer rows in the end. */
    @Override
    public void applyLimit(long newLimit) {
        if (getChangelogMode().containsOnly(RowKind.INSERT)) {
            limit = newLimit;
        }
    }

    @Override
    public DynamicTableSource copy() {
        WebSocketDynamicTableSource copy =
                new WebSocketDynamicTableSource(
                        config,
                        format,
                        checksJson,
                        physicalType,
                        tableName,
                        sourceWatermark,
                        parallelism);
        copy.projection = projection;
        copy.metadata = metadata;
        copy.producedType = producedType;
        copy.watermarks = watermarks;
        copy.sourceWatermarkApplied = sourceWatermarkApplied;
        copy.limit = limit;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "WebSocket";
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof WebSocketDynamicTableSource)) {
            return false;
        }
        WebSocketDynamicTableSource that = (WebSocketDynamicTableSource) other;
        return config.equals(that.config)
                && format.equals(that.format)
                && checksJson == that.checksJson
                && physicalType.equals(that.physicalType)
                && tableName.equals(that.tableName)
                && sourceWatermark.equals(that.sourceWatermark)
                && Objects.equals(parallelism, that.parallelism)
                && Arrays.equals(projection, that.projection)
                && metadata.equals(that.metadata)
                && producedType.equals(that.producedType)
                && Objects.equals(watermarks, that.watermarks)
                && sourceWatermarkApplied == that.sourceWatermarkApplied
                && limit == that.limit;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                config,
                format,
                checksJson,
                physicalType,
                tableName,
                sourceWatermark,
                parallelism,
                Arrays.hashCode(projection),
                metadata,
                producedType,
                watermarks,
                sourceWatermarkApplied,
                limit);
    }
}
