package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import java.util.List;
import java.util.Map;

/**
 * In the place of a table source whose options are wrong: throws the reason at whatever the planner
 * asks first. To an error that the factory itself throws, Flink adds the values of all options,
 * those of secrets as well, unless it knows their names. Runs where the query is planned.
 */
@Internal
final class RefusedTableSource
        implements ScanTableSource,
                SupportsReadingMetadata,
                SupportsProjectionPushDown,
                SupportsLimitPushDown,
                SupportsWatermarkPushDown,
                SupportsSourceWatermark {

    private final String reason;

    RefusedTableSource(String reason) {
        this.reason = reason;
    }

    private ValidationException refusal() {
        return new ValidationException(reason);
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        throw refusal();
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedType) {
        throw refusal();
    }

    @Override
    public ChangelogMode getChangelogMode() {
        throw refusal();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        throw refusal();
    }

    @Override
    public boolean supportsNestedProjection() {
        throw refusal();
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedType) {
        throw refusal();
    }

    @Override
    public void applyLimit(long limit) {
        throw refusal();
    }

    @Override
    public void applyWatermark(WatermarkStrategy<RowData> strategy) {
        throw refusal();
    }

    @Override
    public void applySourceWatermark() {
        throw refusal();
    }

    @Override
    public DynamicTableSource copy() {
        return new RefusedTableSource(reason);
    }

    @Override
    public String asSummaryString() {
        return "WebSocket";
    }
}
