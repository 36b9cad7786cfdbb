package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.feed.EnrichmentSettings;
import io.github.flinkwebsocket.message.EnrichingDeserializationSchema;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.message.event.Enrichment;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes rows of messages: what the format decodes, then the connector's metadata columns. Runs on
 * the task thread.
 */
@Internal
final class RowDeserializationSchema
        implements ErrorEmittingDeserializationSchema<RowData>,
                EnrichingDeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<RowData> decoder;
    @Nullable private final int[] projection;
    private final int decodedFields;
    private final List<String> metadataKeys;
    private final TypeInformation<RowData> producedType;
    @Nullable private final Enrichment enrichment;

    private transient Rows rows;
    private transient List<MetadataColumn> metadata;

    /**
     * @param projection which fields of a decoded row to keep, or null for all
     * @param decodedFields how many are kept
     * @param metadataKeys the connector's metadata columns that follow
     * @param producedType the type of both together
     */
    RowDeserializationSchema(
            DeserializationSchema<RowData> decoder,
            @Nullable int[] projection,
            int decodedFields,
            List<String> metadataKeys,
            TypeInformation<RowData> producedType) {
        this(decoder, projection, decodedFields, metadataKeys, producedType, null);
    }

    private RowDeserializationSchema(
            DeserializationSchema<RowData> decoder,
            @Nullable int[] projection,
            int decodedFields,
            List<String> metadataKeys,
            TypeInformation<RowData> producedType,
            @Nullable Enrichment enrichment) {
        this.decoder = decoder;
        this.projection = projection;
        this.decodedFields = decodedFields;
        this.metadataKeys = List.copyOf(metadataKeys);
        this.producedType = producedType;
        this.enrichment = enrichment;
    }

    @Override
    public WebSocketDeserializationSchema<RowData> withEnrichment(EnrichmentSettings settings) {
        return new RowDeserializationSchema(
                decoder,
                projection,
                decodedFields,
                metadataKeys,
                producedType,
                Enrichment.of(settings));
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        decoder.open(context);
        rows = new Rows();
        metadata =
                metadataKeys.stream().map(MetadataColumn.all()::get).collect(Collectors.toList());
    }

    @Override
    public void deserialize(WebSocketMessage message, Collector<RowData> out) throws IOException {
        if (projection == null && metadata.isEmpty()) {
            decoder.deserialize(message.getPayload(), out);
            return;
        }
        rows.out = out;
        rows.metadata = metadata.isEmpty() ? null : read(message, null);
        decoder.deserialize(message.getPayload(), rows);
    }

    /** A row of nulls with the metadata of the message. */
    @Override
    public void deserializeFailed(
            WebSocketMessage message, Exception error, Collector<RowData> out) {
        RowData decoded = new GenericRowData(decodedFields);
        out.collect(
                metadata.isEmpty() ? decoded : new JoinedRowData(decoded, read(message, error)));
    }

    private RowData read(WebSocketMessage message, @Nullable Exception error) {
        GenericRowData row = new GenericRowData(metadata.size());
        for (int i = 0; i < metadata.size(); i++) {
            row.setField(i, metadata.get(i).read(message, error, enrichment));
        }
        return row;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return producedType;
    }

    /** Makes of each decoded row the row to emit; all rows of a message share its metadata. */
    private final class Rows implements Collector<RowData> {

        private Collector<RowData> out;
        @Nullable private RowData metadata;

        @Override
        public void collect(RowData decoded) {
            RowData row =
                    projection == null
                            ? decoded
                            : ProjectedRowData.from(projection).replaceRow(decoded);
            out.collect(
                    metadata == null
                            ? row
                            : new JoinedRowData(decoded.getRowKind(), row, metadata));
        }

        @Override
        public void close() {}
    }
}
