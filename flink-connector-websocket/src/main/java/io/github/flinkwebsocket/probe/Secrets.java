package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.HttpHeaders;
import io.github.flinkwebsocket.feed.LooksSecret;
import io.github.flinkwebsocket.feed.UrlText;
import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts {@code <secret>} in the place of secrets in what the user gave, and then wherever else they
 * turn up. Rather takes too much for a secret than too little. Main thread.
 */
@Internal
final class Secrets {

    static final String PLACEHOLDER = "<secret>";

    /** Shorter ones turn up by chance. */
    private static final int MIN_LENGTH = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern SECRET_OPTION =
            Pattern.compile(".*(password|secret)|auth\\.token");

    private final Set<String> known =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    private String hide(String secret) {
        if (secret.length() >= MIN_LENGTH) {
            known.add(secret);
        }
        return secret.isEmpty() ? "" : PLACEHOLDER;
    }

    /** A text with all secrets that were found before taken out of it. */
    String redact(String text) {
        String redacted = text;
        for (String secret : known) {
            redacted = redacted.replace(secret, PLACEHOLDER);
        }
        return redacted;
    }

    /** A URL, or several separated by |. */
    String url(String text) {
        List<String> urls = new ArrayList<>();
        for (String url : text.split("\\|", -1)) {
            urls.add(oneUrl(url));
        }
        return String.join("|", urls);
    }

    private String oneUrl(String url) {
        Matcher parts = Pattern.compile("([^/]*//)([^/?]*@)?([^/?]*)([^?]*)(\\?.*)?").matcher(url);
        if (!parts.matches()) {
            return hide(url);
        }
        StringBuilder shown = new StringBuilder(parts.group(1));
        if (parts.group(2) != null) {
            String userInfo = parts.group(2).substring(0, parts.group(2).length() - 1);
            for (String part : userInfo.split(":", 2)) {
                hide(part);
            }
            shown.append(hide(userInfo)).append('@');
        }
        shown.append(parts.group(3));
        List<String> segments = new ArrayList<>();
        for (String segment : parts.group(4).split("/", -1)) {
            segments.add(LooksSecret.value(segment) ? hide(segment) : segment);
        }
        shown.append(String.join("/", segments));
        return parts.group(5) == null
                ? shown.toString()
                : shown.append('?').append(query(parts.group(5).substring(1))).toString();
    }

    private String query(String query) {
        List<String> shown = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2 && (LooksSecret.name(pair[0]) || LooksSecret.value(pair[1]))) {
                hide(UrlText.decode(pair[1]));
                hide(UrlText.decode(pair[1].replace("+", "%20")));
                shown.add(pair[0] + "=" + hide(pair[1]));
            } else {
                shown.add(
                        pair.length == 1 && LooksSecret.value(parameter)
                                ? hide(parameter)
                                : parameter);
            }
        }
        return String.join("&", shown);
    }

    /** The value of an option. */
    String option(String key, String value) {
        String headers = WebSocketOptions.HTTP_HEADERS.key();
        if (key.startsWith(headers + ".")) {
            return HttpHeaders.isHarmless(key.substring(headers.length() + 1))
                    ? value
                    : hide(value);
        }
        if (key.equals(headers)) {
            for (String entry : value.split("[,:]")) {
                hide(entry.trim());
            }
            return hide(value);
        }
        if (key.endsWith("url")) {
            return url(value);
        }
        if (key.contains("open-messages")) {
            return hide(value);
        }
        return SECRET_OPTION.matcher(key).matches() ? hide(value) : value;
    }

    /** A message that is sent. */
    String message(String text) {
        JsonNode json = json(text);
        if (json == null) {
            Matcher named = LooksSecret.namedIn(text);
            StringBuilder shown = new StringBuilder();
            while (named.find()) {
                named.appendReplacement(
                        shown, Matcher.quoteReplacement(named.group(1) + hide(named.group(2))));
            }
            return named.appendTail(shown).toString();
        }
        boolean login = isLogin(json);
        JsonNode shown = value(json.deepCopy(), login);
        // What holds no secret stays as the user wrote it.
        return shown.equals(json) ? text : shown.toString();
    }

    @Nullable
    private static JsonNode json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json != null && json.isContainerNode() ? json : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isLogin(JsonNode json) {
        for (JsonNode child : json) {
            if (child.isTextual() && LooksSecret.login(child.asText())) {
                return true;
            }
        }
        return false;
    }

    private JsonNode value(JsonNode value, boolean secret) {
        if (value.isObject()) {
            ObjectNode object = (ObjectNode) value;
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode field = object.get(name);
                boolean hidden = LooksSecret.name(name) || (secret && field.isArray());
                object.set(name, hidden ? hidden(field) : value(field, secret));
            }
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = (ArrayNode) value;
            for (int i = 0; i < array.size(); i++) {
                array.set(i, value(array.get(i), secret));
            }
            return array;
        }
        return value.isTextual() && LooksSecret.value(value.asText()) ? hidden(value) : value;
    }

    private JsonNode hidden(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode child : value) {
                hidden(child);
            }
        }
        hide(value.isContainerNode() ? value.toString() : value.asText());
        return value.isBoolean() || value.isNull() ? value : TextNode.valueOf(PLACEHOLDER);
    }
}
