package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.annotation.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * A JSON object with a time, as Logstash's events are: {@code @timestamp}, {@code @version}, {@code
 * tags}, {@code type} and the fields of the message. Numbers are exact. Mutable, and not
 * thread-safe: belongs to the task thread that has it.
 */
@PublicEvolving
@TypeInfo(WebSocketEventTypeInfoFactory.class)
public final class WebSocketEvent {

    static final String TIMESTAMP = "@timestamp";
    static final String VERSION = "@version";
    static final String TAGS = "tags";
    static final String TYPE = "type";
    private static final String BAD_TIMESTAMP = "_@timestamp";
    private static final String BAD_TIMESTAMP_TAG = "_timestampparsefailure";

    private final ObjectNode json;

    // What the text in the tree has been read as last.
    @Nullable private String readText;
    @Nullable private Instant readTime;

    private WebSocketEvent(ObjectNode json) {
        this.json = json;
    }

    /**
     * Makes an event of decoded fields, and adds what they lack: {@code @version} "1", and {@code
     * @timestamp}. An {@code @timestamp} that is no ISO 8601 time goes to {@code _@timestamp}, and
     * the event gets the tag {@code _timestampparsefailure}.
     *
     * @param fields the fields; handed over, not copied
     * @param timestamp the time of an event whose fields have none
     */
    public static WebSocketEvent of(ObjectNode fields, Instant timestamp) {
        WebSocketEvent event = new WebSocketEvent(checkNotNull(fields));
        JsonNode decoded = fields.get(TIMESTAMP);
        Instant time = IsoTime.read(decoded);
        if (time == null && decoded != null && !decoded.isNull()) {
            fields.set(BAD_TIMESTAMP, decoded);
            event.addTag(BAD_TIMESTAMP_TAG);
        }
        event.setTimestamp(time == null ? timestamp : time);
        if (!fields.has(VERSION)) {
            fields.put(VERSION, "1");
        }
        return event;
    }

    /** An event that another serializer or job has completed already. */
    static WebSocketEvent ofComplete(ObjectNode json) {
        return new WebSocketEvent(json);
    }

    /** The event itself, not a copy: what is changed in it is changed in the event. */
    public ObjectNode toJson() {
        return json;
    }

    /**
     * When it happened: the field {@code @timestamp}.
     *
     * @throws IllegalStateException if someone has put something else there, through {@link
     *     #toJson()}
     */
    public Instant getTimestamp() {
        JsonNode field = json.get(TIMESTAMP);
        String text = field == null ? null : field.textValue();
        if (readTime == null || text == null || !text.equals(readText)) {
            readTime = IsoTime.read(field);
            readText = text;
            if (readTime == null) {
                throw new IllegalStateException(
                        "The field '@timestamp' of the event does not hold an ISO 8601 time.");
            }
        }
        return readTime;
    }

    /**
     * Changes when it happened.
     *
     * @throws IllegalArgumentException if it is beyond epoch milliseconds of 64 bits
     */
    public void setTimestamp(Instant timestamp) {
        if (!IsoTime.fits(timestamp)) {
            throw new IllegalArgumentException(
                    "The time " + timestamp + " does not fit Flink's timestamps.");
        }
        readText = IsoTime.write(timestamp);
        readTime = timestamp;
        json.put(TIMESTAMP, readText);
    }

    /** The field {@code tags} as a list: one tag if it is a string, none if it is missing. */
    public List<String> getTags() {
        List<String> tags = new ArrayList<>();
        JsonNode field = json.get(TAGS);
        if (field != null && field.isArray()) {
            field.forEach(tag -> tags.add(text(tag)));
        } else if (field != null && !field.isNull()) {
            tags.add(text(field));
        }
        return tags;
    }

    /** Adds a tag if the event does not have it; the field is an array then. */
    public void addTag(String tag) {
        if (!getTags().contains(tag)) {
            appendTo(TAGS, json.get(TAGS)).add(tag);
        }
    }

    private ArrayNode appendTo(String name, @Nullable JsonNode present) {
        if (present != null && present.isArray()) {
            return (ArrayNode) present;
        }
        ArrayNode array = json.putArray(name);
        if (present != null && !present.isNull()) {
            array.add(present);
        }
        return array;
    }

    /** The field {@code type}, or null if it is missing. */
    @Nullable
    public String getType() {
        JsonNode field = json.get(TYPE);
        return field == null || field.isNull() ? null : text(field);
    }

    /**
     * The value of a field, or null if there is no such field.
     *
     * @param reference {@code field}, {@code [outer][inner]} or {@code [array][0]}
     */
    @Nullable
    public JsonNode get(String reference) {
        return FieldReference.parse(reference).get(json);
    }

    /** Whether there is such a field, be its value null. */
    public boolean has(String reference) {
        return get(reference) != null;
    }

    /**
     * Sets a field, and makes the objects around it that are missing.
     *
     * @param reference {@code field}, {@code [outer][inner]} or {@code [array][0]}
     * @param value a string, number, boolean, Instant, byte[] (as base64), Map, Iterable, JsonNode
     *     or null; NaN and infinity are refused
     * @throws IllegalArgumentException if there can be no such field or value, or if {@code
     *     @timestamp} would not hold a time
     */
    public void set(String reference, @Nullable Object value) {
        FieldReference field = FieldReference.parse(reference);
        JsonNode node = JsonValues.of(value);
        if (field.path().get(0).equals(TIMESTAMP)) {
            Instant time = field.path().size() == 1 ? IsoTime.read(node) : null;
            if (time == null) {
                throw new IllegalArgumentException(
                        "The field '@timestamp' takes an Instant or ISO 8601 text only.");
            }
            setTimestamp(time);
            return;
        }
        field.set(json, node);
    }

    /** A string as it is, everything else as JSON. */
    static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : EventJson.write(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebSocketEvent && json.equals(((WebSocketEvent) other).json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The event as compact JSON. */
    @Override
    public String toString() {
        return EventJson.write(json);
    }
}
