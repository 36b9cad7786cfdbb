package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import java.util.stream.IntStream;

/**
 * A format's decoder for the fields that a query reads. Formats that can't leave out fields decode
 * all; the rest is left out afterwards. Made where the query is planned.
 */
@Internal
final class RowDecoder {

    private final DeserializationSchema<RowData> schema;
    private final int physicalFields;
    private final int[] projection;

    private RowDecoder(
            DeserializationSchema<RowData> schema, int physicalFields, int[] projection) {
        this.schema = schema;
        this.physicalFields = physicalFields;
        this.projection = projection;
    }

    static RowDecoder of(
            DynamicTableSource.Context context,
            DecodingFormat<DeserializationSchema<RowData>> format,
            DataType physicalType,
            int[] fields) {
        if (format instanceof ProjectableDecodingFormat) {
            return new RowDecoder(
                    ((ProjectableDecodingFormat<DeserializationSchema<RowData>>) format)
                            .createRuntimeDecoder(
                                    context, physicalType, Projection.of(fields).toNestedIndexes()),
                    fields.length,
                    IntStream.range(0, fields.length).toArray());
        }
        return new RowDecoder(
                format.createRuntimeDecoder(context, physicalType),
                DataType.getFieldCount(physicalType),
                fields);
    }

    /** The indexes of all fields of a row type. */
    static int[] allFields(DataType type) {
        return IntStream.range(0, DataType.getFieldCount(type)).toArray();
    }

    DeserializationSchema<RowData> schema() {
        return schema;
    }

    /**
     * How many fields of a decoded row are physical. They are followed by the format's metadata.
     */
    int physicalFields() {
        return physicalFields;
    }

    /** Which physical fields of a decoded row are read, in which order. */
    int[] projection() {
        return projection;
    }
}
