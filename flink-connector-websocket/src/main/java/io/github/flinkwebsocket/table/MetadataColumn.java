package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.message.MessageMetadata;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.message.event.Enrichment;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;

import javax.annotation.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A metadata column of the connector: key, type and how it is read. Immutable; any thread. */
@Internal
final class MetadataColumn {

    /** The key of the column that says why a message could not be decoded. */
    static final String ERROR = "error";

    /** The key of the column that holds what could not be decoded. */
    static final String RAW_PAYLOAD = "raw-payload";

    /** The keys of the columns that show what the options of the same purpose add. */
    static final String FIELDS = "fields";

    static final String TAGS = "tags";
    static final String TYPE = "type";

    private static final DataType STRING_MAP =
            DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.STRING().notNull()).notNull();

    private static final Map<String, MetadataColumn> ALL = new LinkedHashMap<>();

    static {
        for (MessageMetadata metadata : MessageMetadata.values()) {
            add(
                    new MetadataColumn(
                            metadata.key(),
                            type(metadata),
                            metadata.description(),
                            (message, error, enrichment) -> internal(metadata.read(message))));
        }
        add(
                new MetadataColumn(
                        ERROR,
                        DataTypes.STRING(),
                        "with 'error-policy' = 'emit': why it could not be decoded; else null",
                        (message, error, enrichment) ->
                                error == null ? null : ErrorText.of(error)));
        add(
                new MetadataColumn(
                        RAW_PAYLOAD,
                        DataTypes.BYTES(),
                        "with 'error-policy' = 'emit': what could not be decoded; else null",
                        (message, error, enrichment) ->
                                error == null ? null : message.getPayload()));
        add(
                new MetadataColumn(
                        FIELDS,
                        STRING_MAP,
                        "what the option 'add-field' adds, rendered for the record",
                        (message, error, enrichment) ->
                                internal(
                                        enrichment == null
                                                ? Map.of()
                                                : enrichment.fields(message))));
        add(
                new MetadataColumn(
                        TAGS,
                        DataTypes.ARRAY(DataTypes.STRING().notNull()).notNull(),
                        "what the option 'tags' adds, rendered for the record",
                        (message, error, enrichment) ->
                                array(
                                        enrichment == null
                                                ? new String[0]
                                                : enrichment.tags(message))));
        add(
                new MetadataColumn(
                        TYPE,
                        DataTypes.STRING(),
                        "the option 'type'",
                        (message, error, enrichment) ->
                                internal(enrichment == null ? null : enrichment.type())));
    }

    /** Reads the value of a column, in Flink's internal data structures. */
    private interface Reader {
        @Nullable
        Object read(
                WebSocketMessage message,
                @Nullable Exception error,
                @Nullable Enrichment enrichment);
    }

    private final String key;
    private final DataType type;
    private final String description;
    private final Reader reader;

    private MetadataColumn(String key, DataType type, String description, Reader reader) {
        this.key = key;
        this.type = type;
        this.description = description;
        this.reader = reader;
    }

    private static void add(MetadataColumn column) {
        ALL.put(column.key, column);
    }

    /** All of them by key, in the order of the documentation. */
    static Map<String, MetadataColumn> all() {
        return Collections.unmodifiableMap(ALL);
    }

    DataType type() {
        return type;
    }

    String description() {
        return description;
    }

    /**
     * @param error null for a message that has been decoded
     * @param enrichment null if no option asks for any
     */
    @Nullable
    Object read(
            WebSocketMessage message, @Nullable Exception error, @Nullable Enrichment enrichment) {
        return reader.read(message, error, enrichment);
    }

    private static DataType type(MessageMetadata metadata) {
        switch (metadata) {
            case RECEIVE_TIME:
            case EVENT_TIME:
                return DataTypes.TIMESTAMP_LTZ(3).notNull();
            case CONNECTION_NUMBER:
            case MESSAGE_NUMBER:
                return DataTypes.BIGINT().notNull();
            case TEXT:
                return DataTypes.BOOLEAN().notNull();
            case SIZE:
                return DataTypes.INT().notNull();
            case HEADERS:
                return STRING_MAP;
            case SUBPROTOCOL:
            case POSITION:
                return DataTypes.STRING();
            default:
                return DataTypes.STRING().notNull();
        }
    }

    private static ArrayData array(String[] texts) {
        return new GenericArrayData(Stream.of(texts).map(StringData::fromString).toArray());
    }

    @Nullable
    private static Object internal(@Nullable Object value) {
        if (value instanceof String) {
            return StringData.fromString((String) value);
        }
        if (value instanceof Instant) {
            return TimestampData.fromInstant((Instant) value);
        }
        if (value instanceof Map) {
            Map<StringData, StringData> map = new LinkedHashMap<>();
            ((Map<?, ?>) value)
                    .forEach(
                            (k, v) ->
                                    map.put(
                                            StringData.fromString(k.toString()),
                                            StringData.fromString(v.toString())));
            return new GenericMapData(map);
        }
        return value;
    }
}
