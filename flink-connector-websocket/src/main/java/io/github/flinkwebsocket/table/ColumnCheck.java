package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses options that need a column which the table does not have, or which it must not have. Runs
 * where the query is planned.
 */
@Internal
final class ColumnCheck {

    private final ReadableConfig config;
    private final List<Column> columns;
    private final Set<String> metadata;

    ColumnCheck(ReadableConfig config, ResolvedSchema schema) {
        this.config = config;
        this.columns = schema.getColumns();
        this.metadata =
                columns.stream()
                        .filter(Column.MetadataColumn.class::isInstance)
                        .map(ColumnCheck::key)
                        .collect(Collectors.toSet());
    }

    /**
     * @throws ValidationException names the option and the column
     */
    void check() {
        if (config.get(WebSocketOptions.ERROR_POLICY) == ErrorPolicy.EMIT) {
            checkErrorColumns();
            checkNullableColumns();
        }
        checkNullableMetadata();
        require(WebSocketOptions.ADD_FIELD, MetadataColumn.FIELDS);
        require(WebSocketOptions.TAGS, MetadataColumn.TAGS);
        require(WebSocketOptions.TYPE, MetadataColumn.TYPE);
    }

    private void checkErrorColumns() {
        if (!metadata.contains(MetadataColumn.ERROR)
                && !metadata.contains(MetadataColumn.RAW_PAYLOAD)) {
            throw new ValidationException(
                    "The option 'error-policy' has the value 'emit'; then the table must have a"
                            + " metadata column 'error' or 'raw-payload', or nothing would tell the"
                            + " rows of bad messages from others.");
        }
    }

    private void checkNullableColumns() {
        List<String> notNull =
                columns.stream()
                        .filter(Column::isPhysical)
                        .filter(column -> !column.getDataType().getLogicalType().isNullable())
                        .map(Column::getName)
                        .collect(Collectors.toList());
        if (!notNull.isEmpty()) {
            throw new ValidationException(
                    String.format(
                            "The option 'error-policy' has the value 'emit'; a message that can't be"
                                    + " decoded becomes a row of nulls, so these columns must not be NOT"
                                    + " NULL or part of a primary key: %s.",
                            notNull));
        }
    }

    /** Flink would make an empty text or a zero of it. */
    private void checkNullableMetadata() {
        for (Column column : columns) {
            if (column instanceof Column.MetadataColumn
                    && !column.getDataType().getLogicalType().isNullable()) {
                MetadataColumn metadata = MetadataColumn.all().get(key(column));
                if (metadata != null && metadata.type().getLogicalType().isNullable()) {
                    throw new ValidationException(
                            String.format(
                                    "The column '%s' is NOT NULL, but its metadata '%s' may be null.",
                                    column.getName(), key(column)));
                }
            }
        }
    }

    private static String key(Column column) {
        return ((Column.MetadataColumn) column).getMetadataKey().orElse(column.getName());
    }

    private void require(ConfigOption<?> option, String column) {
        if (config.getOptional(option).isPresent() && !metadata.contains(column)) {
            throw new ValidationException(
                    String.format(
                            "The option '%s' has no use without the metadata column '%s', which the"
                                    + " table does not have.",
                            option.key(), column));
        }
    }
}
