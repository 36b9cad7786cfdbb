package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import javax.annotation.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The settings of one codec, checked where they are read. Immutable; any thread. */
@Internal
final class CodecSettings {

    private final String codec;
    private final Map<String, String> values;

    CodecSettings(String codec, Map<String, String> values) {
        this.codec = codec;
        this.values = values;
    }

    /** Refuses settings that the codec does not have. */
    void checkNames(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        String.format(
                                "The codec '%s' has no setting '%s'; it has %s.",
                                codec, name, String.join(", ", known)));
            }
        }
    }

    /** How bytes become text; what is no text in it becomes U+FFFD. */
    Charset charset() {
        String name = values.getOrDefault("charset", "UTF-8");
        if (name.equalsIgnoreCase("ASCII-8BIT") || name.equalsIgnoreCase("BINARY")) {
            // Ruby's names for bytes without a charset; only ASCII can be turned into text.
            return StandardCharsets.US_ASCII;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw invalid("charset", name, "give the name of a charset, such as UTF-8", e);
        }
    }

    /** What ends a line. */
    String delimiter() {
        String delimiter = values.getOrDefault("delimiter", "\n");
        if (delimiter.isEmpty()) {
            throw invalid("delimiter", delimiter, "it must not be empty", null);
        }
        return delimiter;
    }

    /** The field that takes what was decoded, or null for the event itself. */
    @Nullable
    FieldReference target() {
        String target = values.get("target");
        if (target == null) {
            return null;
        }
        FieldReference reference = FieldReference.tryParse(target);
        if (reference == null) {
            throw invalid("target", target, "write 'field' or '[outer][inner]'", null);
        }
        String root = reference.path().get(0);
        if (root.equals(WebSocketEvent.TIMESTAMP) || root.equals(WebSocketEvent.VERSION)) {
            throw invalid("target", target, "the event needs this field itself", null);
        }
        return reference;
    }

    /** Only Logstash's own names of fields are made, so nothing else may be asked for. */
    void checkEcsCompatibility() {
        String mode = values.getOrDefault("ecs_compatibility", "disabled");
        if (!mode.toLowerCase(Locale.ROOT).equals("disabled")) {
            throw invalid(
                    "ecs_compatibility",
                    mode,
                    "only 'disabled' is known, because no fields of the Elastic Common Schema are made",
                    null);
        }
    }

    private IllegalArgumentException invalid(
            String setting, String value, String allowed, @Nullable Exception cause) {
        return new IllegalArgumentException(
                String.format(
                        "The setting '%s' of the codec '%s' has the value '%s'; %s.",
                        setting, codec, value, allowed),
                cause);
    }

    /** Puts a decoded value under the target, if there is one. */
    static ObjectNode under(@Nullable FieldReference target, JsonNode decoded) {
        if (target == null) {
            return (ObjectNode) decoded;
        }
        ObjectNode fields = EventJson.NODES.objectNode();
        target.set(fields, decoded);
        return fields;
    }
}
