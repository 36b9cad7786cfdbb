package io.github.flinkwebsocket.feed;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the secrets in a message that is sent: values with a secret name, values that look like a
 * key, and the arguments of a login. Any thread.
 */
@Internal
public final class MessageSecrets {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Between the arguments of a text, or the values of something that is not quite JSON. */
    private static final Pattern PART = Pattern.compile("[\\s\"',;(){}\\[\\]]+");

    /** Where a message has the arguments of what it asks for. */
    private static final Pattern ARGUMENTS =
            Pattern.compile("(?i)args?|arguments?|params?|parameters|data|payload|body|d");

    private final List<String> found = new ArrayList<>();

    /** The values that look secret; none if the message holds none. */
    public static List<String> in(String message) {
        MessageSecrets secrets = new MessageSecrets();
        JsonNode json = json(message);
        if (json == null) {
            Matcher named = LooksSecret.namedIn(message);
            while (named.find()) {
                secrets.found.add(named.group(2).strip());
                secrets.found.addAll(List.of(PART.split(named.group(2))));
            }
            if (LooksSecret.value(message)) {
                secrets.found.add(message);
            }
        } else {
            secrets.collect(json, json.isArray() && isLogin(json), isLogin(json));
        }
        return secrets.found;
    }

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

    private void collect(JsonNode value, boolean secret, boolean login) {
        if (value.isValueNode()) {
            String text = value.asText();
            boolean argument = secret && (value.isTextual() || value.isNumber());
            if ((argument && !LooksSecret.login(text)) || LooksSecret.value(text)) {
                found.add(text);
            }
        } else if (value.isArray()) {
            value.forEach(element -> collect(element, secret, login));
        } else {
            for (Iterator<Map.Entry<String, JsonNode>> i = value.fields(); i.hasNext(); ) {
                Map.Entry<String, JsonNode> field = i.next();
                boolean named = LooksSecret.name(field.getKey());
                boolean argument =
                        login
                                && (field.getValue().isArray()
                                        || ARGUMENTS.matcher(field.getKey()).matches());
                collect(field.getValue(), secret || named || argument, login);
            }
        }
    }
}
