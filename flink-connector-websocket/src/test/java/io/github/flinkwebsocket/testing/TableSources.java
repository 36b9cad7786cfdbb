package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes table sources as the planner does, without a planner. */
public final class TableSources {

    /** Two columns, and the metadata columns that some options need. */
    public static final ResolvedSchema SCHEMA =
            ResolvedSchema.of(
                    Column.physical("a", DataTypes.INT()),
                    Column.physical("b", DataTypes.STRING()),
                    Column.metadata("error", DataTypes.STRING(), null, true),
                    Column.metadata("type", DataTypes.STRING(), null, true),
                    Column.metadata("tags", DataTypes.ARRAY(DataTypes.STRING()), null, true),
                    Column.metadata(
                            "fields",
                            DataTypes.MAP(DataTypes.STRING(), DataTypes.STRING()),
                            null,
                            true));

    /** The source of a table with these options, after those that every table needs. */
    public static DynamicTableSource of(Map<String, String> options) {
        return of(SCHEMA, options);
    }

    public static DynamicTableSource of(ResolvedSchema schema, Map<String, String> options) {
        Map<String, String> all = new HashMap<>();
        all.put("connector", "websocket");
        all.put("format", "json");
        all.put("url", "wss://feed.example/stream");
        all.putAll(options);
        CatalogTable table =
                CatalogTable.newBuilder()
                        .schema(Schema.newBuilder().fromResolvedSchema(schema).build())
                        .options(all)
                        .build();
        return FactoryUtil.createDynamicTableSource(
                null,
                ObjectIdentifier.of("catalog", "database", "feed"),
                new ResolvedCatalogTable(table, schema),
                Map.of(),
                new Configuration(),
                TableSources.class.getClassLoader(),
                false);
    }

    /** What the planner asks a source for in the end. */
    public static DataStreamScanProvider provider(DynamicTableSource source) {
        return (DataStreamScanProvider)
                ((ScanTableSource) source)
                        .getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
    }

    /** The source that the job gets. */
    public static Source<?, ?, ?> runtime(DynamicTableSource source) {
        return transformation(source).getSource();
    }

    /** The watermark strategy that the job gets. */
    public static WatermarkStrategy<?> watermarks(DynamicTableSource source) {
        return transformation(source).getWatermarkStrategy();
    }

    /** The uid of the source in the job. */
    public static String uid(DynamicTableSource source) {
        return transformation(source).getUid();
    }

    private static SourceTransformation<?, ?, ?> transformation(DynamicTableSource source) {
        Transformation<RowData> transformation =
                provider(source)
                        .produceDataStream(
                                name -> Optional.of("uid-" + name),
                                StreamExecutionEnvironment.getExecutionEnvironment())
                        .getTransformation();
        return (SourceTransformation<?, ?, ?>) transformation;
    }

    private TableSources() {}
}
