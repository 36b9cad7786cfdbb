package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tells control messages (answers, heartbeats, errors, subscriptions) from data by what feeds
 * usually call them. A guess. Any thread.
 */
@Internal
final class ControlRule {

    /** Fields that say what kind of message it is. */
    static final List<String> DISCRIMINATORS =
            List.of(
                    "event",
                    "type",
                    "op",
                    "action",
                    "channel",
                    "method",
                    "T",
                    "ev",
                    "e",
                    "kind",
                    "msg",
                    "message_type",
                    "messageType",
                    "MessageType",
                    "$type");

    private static final Pattern WORDS =
            Pattern.compile(
                    "(un)?(sub|subscribe|subscribed|subscription|subscriptions)"
                            + "|ack|acknowledge|success|ok|errors?|fault|warning|notice|closed|eose"
                            + "|heartbeats?|hb|ping|pong|ka|keep_?alive|alive|test_request"
                            + "|welcome|hello|info|conf|connected|connect|disconnect(ed)?|reconnect"
                            + "|connection_(ack|init|established|error)|auth\\w*|log(in|on|ged_in)"
                            + "|system|system_?status|session_\\w+|subscription_\\w+|subscription_?response"
                            + "|(confirm|reject)_subscription|complete|reset|serverShutdown|bye|ready|nosub"
                            + "|[a-z]+[_/.](heartbeat|ping|pong)|phx_\\w+|pusher(_internal)?:\\w+",
                    Pattern.CASE_INSENSITIVE);

    /** Elsewhere, a status may be what a feed is about. */
    private static final Set<String> STATUS_KEYS = Set.of("channel", "ev");

    private static final Set<String> HEARTBEAT_FIELDS = Set.of("ping", "pong", "heartbeat");
    private static final Set<String> ANSWER_FIELDS = Set.of("result", "error", "errors", "status");
    private static final Set<String> DATA_FIELDS =
            Set.of("data", "params", "payload", "tick", "push", "trades", "events");
    private static final Set<String> REQUEST_FIELDS =
            Set.of("subbed", "unsubbed", "subscribe", "unsubscribe", "connect", "err-code");

    /** What shows that a value is a control message, such as "event = subscribe"; else null. */
    @Nullable
    static String sign(JsonNode value) {
        if (value.isArray()) {
            return arraySign(value);
        }
        if (!value.isObject()) {
            return null;
        }
        if (value.isEmpty()) {
            return "{}";
        }
        if (!value.path("result").path("data").isEmpty()) {
            // Some feeds repeat the name of the request with each piece of data.
            return null;
        }
        for (Map.Entry<String, String> d : discriminators(value).entrySet()) {
            if (isControl(d) && !isNotification(d)) {
                return d.getKey() + " = " + d.getValue();
            }
        }
        return fieldSign(value);
    }

    private static boolean isControl(Map.Entry<String, String> discriminator) {
        return WORDS.matcher(discriminator.getValue()).matches()
                || (discriminator.getValue().equals("status")
                        && STATUS_KEYS.contains(discriminator.getKey()));
    }

    /** JSON-RPC names its notifications so. */
    private static boolean isNotification(Map.Entry<String, String> discriminator) {
        return discriminator.getKey().equals("method")
                && discriminator.getValue().equals("subscription");
    }

    @Nullable
    private static String fieldSign(JsonNode object) {
        for (String field : HEARTBEAT_FIELDS) {
            if (object.has(field) && object.size() <= 2) {
                return field;
            }
        }
        if (DATA_FIELDS.stream().anyMatch(object::hasNonNull)) {
            return null;
        }
        for (String field : REQUEST_FIELDS) {
            if (object.has(field)) {
                return field;
            }
        }
        if (object.has("id")) {
            for (String field : ANSWER_FIELDS) {
                if (object.has(field) && !field.equals("status")) {
                    return "id and " + field;
                }
            }
        }
        return object.size() != 1
                ? null
                : object.has("error") ? "error" : object.has("status") ? "status" : null;
    }

    /** The elements are control messages, or the array begins with the name of one. */
    @Nullable
    private static String arraySign(JsonNode array) {
        String sign = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            if (element.isObject() && !isPositional(array)) {
                sign = sign(element);
                if (sign == null) {
                    return null;
                }
            } else if (element.isTextual() && isName(element.asText(), i)) {
                return element.asText();
            }
        }
        return sign;
    }

    /** Phoenix names messages after a topic; all others at the beginning. */
    private static boolean isName(String text, int position) {
        return (position < 2 || text.startsWith("phx_")) && WORDS.matcher(text).matches();
    }

    private static boolean isPositional(JsonNode array) {
        for (JsonNode element : array) {
            if (!element.isObject()) {
                return true;
            }
        }
        return false;
    }

    /** The fields that say what kind of message it is; those of a header, too. */
    static Map<String, String> discriminators(JsonNode object) {
        Map<String, String> found = new TreeMap<>();
        for (String key : DISCRIMINATORS) {
            JsonNode value = object.get(key);
            if (value != null && value.isTextual() && value.asText().length() <= 40) {
                found.put(key, value.asText());
            }
        }
        object.properties()
                .forEach(
                        field -> {
                            String name = field.getKey().toLowerCase(Locale.ROOT);
                            if (name.equals("metadata") || name.equals("header")) {
                                found.putAll(discriminators(field.getValue()));
                            }
                        });
        return found;
    }

    private ControlRule() {}
}
