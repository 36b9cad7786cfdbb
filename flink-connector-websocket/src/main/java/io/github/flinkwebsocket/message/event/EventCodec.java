package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.PublicEvolving;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How messages become events: one of Logstash's codecs, with its settings. Immutable; checked where
 * it is made, decodes on the task thread.
 */
@PublicEvolving
public final class EventCodec implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String MESSAGE = "message";

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("json", "json", EventCodec::json, "charset", "target"),
                    new Kind(
                            "json_lines",
                            "json",
                            EventCodec::jsonLines,
                            "charset",
                            "delimiter",
                            "target"),
                    new Kind("line", "line", EventCodec::line, "charset", "delimiter", "format"),
                    new Kind("msgpack", "msgpack", EventCodec::msgpack, "format", "target"),
                    new Kind("plain", "plain", EventCodec::plain, "charset", "format"));

    private final String name;
    private final TreeMap<String, String> settings;
    private final transient Kind kind;
    private final transient EventDecoder decoder;

    private EventCodec(Kind kind, Map<String, String> settings) {
        this.kind = kind;
        this.name = kind.name;
        this.settings = new TreeMap<>(settings);
        CodecSettings checked = new CodecSettings(name, this.settings);
        checked.checkNames(kind.settings);
        checked.checkEcsCompatibility();
        decoder = kind.factory.apply(checked);
    }

    /** The codec {@code json} with its defaults, which is Logstash's default. */
    public static EventCodec json() {
        return named("json", Map.of());
    }

    /**
     * The codec of this name, as in Logstash:
     *
     * <ul>
     *   <li>{@code json}: an object is an event, an array one for each object in it; settings
     *       {@code target} and {@code charset}
     *   <li>{@code json_lines}: the same for each line that is not blank; also {@code delimiter}
     *   <li>{@code plain}: the text in the field {@code message}; setting {@code charset}
     *   <li>{@code line}: the same for each line; also {@code delimiter}
     *   <li>{@code msgpack}: each map is an event; setting {@code target}
     * </ul>
     *
     * <p>{@code format}, where Logstash has it, is allowed and does nothing: it is about output.
     * {@code ecs_compatibility} may be {@code disabled}.
     *
     * @throws IllegalArgumentException if there is no such codec, or it has no such setting, or not
     *     with this value
     */
    public static EventCodec named(String name, Map<String, String> settings) {
        for (Kind kind : KINDS) {
            if (kind.name.equals(name)) {
                return new EventCodec(kind, settings);
            }
        }
        throw new IllegalArgumentException(
                String.format(
                        "There is no codec '%s'; there are %s.",
                        name,
                        KINDS.stream().map(kind -> kind.name).collect(Collectors.joining(", "))));
    }

    /** The name of the codec. */
    public String name() {
        return name;
    }

    /** The settings that were given. */
    public Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    void decode(byte[] payload, EventSink out) {
        decoder.decode(payload, out);
    }

    /** The tag of an event that stands for what could not be decoded. */
    String failureTag() {
        return kind.failureTag;
    }

    private static EventDecoder json(CodecSettings settings) {
        Charset charset = settings.charset();
        JsonDecoder json = new JsonDecoder(settings.target());
        return (payload, out) -> json.decode(new String(payload, charset), out);
    }

    private static EventDecoder jsonLines(CodecSettings settings) {
        return new LineDecoder(
                settings.charset(),
                settings.delimiter(),
                new JsonDecoder(settings.target())::decode);
    }

    private static EventDecoder plain(CodecSettings settings) {
        Charset charset = settings.charset();
        return (payload, out) -> message(new String(payload, charset), out);
    }

    private static EventDecoder line(CodecSettings settings) {
        return new LineDecoder(settings.charset(), settings.delimiter(), EventCodec::message);
    }

    private static void message(String text, EventSink out) {
        ObjectNode fields = EventJson.NODES.objectNode();
        fields.put(MESSAGE, text);
        out.decoded(fields);
    }

    private static EventDecoder msgpack(CodecSettings settings) {
        return new MsgpackDecoder(settings.target());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventCodec
                && name.equals(((EventCodec) other).name)
                && settings.equals(((EventCodec) other).settings);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + settings.hashCode();
    }

    @Override
    public String toString() {
        return name + settings;
    }

    private Object readResolve() {
        return named(name, settings);
    }

    /** What is known of a codec before it has settings. */
    private static final class Kind {

        final String name;
        final String failureTag;
        final Function<CodecSettings, EventDecoder> factory;
        final Set<String> settings;

        Kind(
                String name,
                String parser,
                Function<CodecSettings, EventDecoder> factory,
                String... settings) {
            this.name = name;
            this.failureTag = "_" + parser + "parsefailure";
            this.factory = factory;
            this.settings = new TreeSet<>(Arrays.asList(settings));
            this.settings.add("ecs_compatibility");
        }
    }
}
