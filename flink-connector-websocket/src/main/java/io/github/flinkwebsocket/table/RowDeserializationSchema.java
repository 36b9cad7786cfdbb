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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** Null if the decoder does not read JSON, or is to ignore what is wrong with it. */
    @Nullable private final JsonCheck json;

    private final int decodedFields;
    private final List<String> metadataKeys;

    /** Null if the fields are those of the decoder and the metadata, as they are. */
    @Nullable private final int[] fields;

    private final TypeInformation<RowData> producedType;
    @Nullable private final Enrichment enrichment;

    private transient Rows rows;
    private transient List<MetadataColumn> metadata;

    /**
     * @param json null if there is nothing to check before decoding
     * @param decodedFields how many fields a decoded row has
     * @param metadataKeys the connector's metadata columns that follow them
     * @param fields which fields of both together make the row to emit, in which order
     * @param producedType its type
     */
    RowDeserializationSchema(
            DeserializationSchema<RowData> decoder,
            @Nullable JsonCheck json,
            int decodedFields,
            List<String> metadataKeys,
            int[] fields,
            TypeInformation<RowData> producedType) {
        this.decoder = decoder;
        this.json = json;
        this.decodedFields = decodedFields;
        this.metadataKeys = List.copyOf(metadataKeys);
        int[] all = IntStream.range(0, decodedFields + metadataKeys.size()).toArray();
        this.fields = Arrays.equals(fields, all) ? null : fields;
        this.producedType = producedType;
        this.enrichment = null;
    }

    private RowDeserializationSchema(RowDeserializationSchema other, Enrichment enrichment) {
        this.decoder = other.decoder;
        this.json = other.json;
        this.decodedFields = other.decodedFields;
        this.metadataKeys = other.metadataKeys;
        this.fields = other.fields;
        this.producedType = other.producedType;
        this.enrichment = enrichment;
    }

    @Override
    public WebSocketDeserializationSchema<RowData> withEnrichment(EnrichmentSettings settings) {
        return new RowDeserializationSchema(this, Enrichment.of(settings));
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
        if (json != null && !json.isDecoded(message.getPayload())) {
            return;
        }
        if (fields == null && metadata.isEmpty()) {
            decoder.deserialize(message.getPayload(), out);
            return;
        }
        rows.out = out;
        rows.metadata = read(message, null);
        decoder.deserialize(message.getPayload(), rows);
    }

    /** A row of nulls with the metadata of the message. */
    @Override
    public void deserializeFailed(
            WebSocketMessage message, Exception error, Collector<RowData> out) {
        rows.out = out;
        rows.metadata = read(message, error);
        rows.collect(new GenericRowData(decodedFields));
    }

    @Nullable
    private RowData read(WebSocketMessage message, @Nullable Exception error) {
        if (metadata.isEmpty()) {
            return null;
        }
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
            if (decoded == null) {
                // What the json format of Flink 2 makes of what it is to ignore.
                return;
            }
            RowData row =
                    metadata == null
                            ? decoded
                            : new JoinedRowData(decoded.getRowKind(), decoded, metadata);
            out.collect(fields == null ? row : ProjectedRowData.from(fields).replaceRow(row));
        }

        @Override
        public void close() {}
    }
}
