package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

import javax.annotation.Nullable;

import java.util.stream.IntStream;

/**
 * A format's decoder for the fields that a query reads. Formats that can't leave out fields decode
 * all; the rest is left out afterwards. Made where the query is planned.
 */
@Internal
final class RowDecoder {

    private final DeserializationSchema<RowData> schema;
    private final int physicalFields;

    /** Null if the decoder makes just the fields that are read. */
    @Nullable private final int[] physicalProjection;

    private RowDecoder(
            DeserializationSchema<RowData> schema,
            int physicalFields,
            @Nullable int[] physicalProjection) {
        this.schema = schema;
        this.physicalFields = physicalFields;
        this.physicalProjection = physicalProjection;
    }

    static RowDecoder of(
            DynamicTableSource.Context context,
            DecodingFormat<DeserializationSchema<RowData>> format,
            DataType physicalType,
            int[] fields) {
        int count = DataType.getFieldCount(physicalType);
        if (format instanceof ProjectableDecodingFormat) {
            return new RowDecoder(
                    ((ProjectableDecodingFormat<DeserializationSchema<RowData>>) format)
                            .createRuntimeDecoder(
                                    context, physicalType, Projection.of(fields).toNestedIndexes()),
                    count,
                    null);
        }
        boolean all = fields.length == count && isSorted(fields);
        return new RowDecoder(
                format.createRuntimeDecoder(context, physicalType), count, all ? null : fields);
    }

    private static boolean isSorted(int[] fields) {
        return IntStream.range(0, fields.length).allMatch(i -> fields[i] == i);
    }

    /** The indexes of all fields of a row type. */
    static int[] allFields(DataType type) {
        return IntStream.range(0, DataType.getFieldCount(type)).toArray();
    }

    DeserializationSchema<RowData> schema() {
        return schema;
    }

    /**
     * Which fields of a decoded row to keep, or null for all.
     *
     * @param formatMetadata how many fields of metadata follow the physical ones; they are kept
     */
    @Nullable
    int[] projection(int formatMetadata) {
        return physicalProjection == null
                ? null
                : IntStream.concat(
                                IntStream.of(physicalProjection),
                                IntStream.range(physicalFields, physicalFields + formatMetadata))
                        .toArray();
    }
}
