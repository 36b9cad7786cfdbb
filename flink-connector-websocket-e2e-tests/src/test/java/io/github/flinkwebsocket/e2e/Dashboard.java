package io.github.flinkwebsocket.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries of a Grafana dashboard, as Prometheus gets them. */
final class Dashboard {

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    private final JsonNode model;

    Dashboard(Path file) throws IOException {
        model = new ObjectMapper().readTree(file.toFile());
    }

    JsonNode model() {
        return model;
    }

    /** The queries of all panels, by panel and letter, with all values of the variables. */
    Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        for (JsonNode panel : model.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                queries.put(
                        panel.get("title").asText() + " " + target.get("refId").asText(),
                        replaceVariables(target.get("expr").asText()));
            }
        }
        return queries;
    }

    /** The labels that fill the variables, by the series that have them. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (JsonNode variable : model.get("templating").get("list")) {
            if (variable.get("type").asText().equals("query")) {
                Matcher query = LABEL_VALUES.matcher(variable.get("query").get("query").asText());
                if (!query.matches()) {
                    throw new IllegalArgumentException("Not understood: " + variable);
                }
                labels.put(query.group(2), replaceVariables(query.group(1)));
            }
        }
        return labels;
    }

    private static String replaceVariables(String query) {
        return query.replace("$__rate_interval", "10s")
                .replace("$__range", "1m")
                .replaceAll("\"\\$\\w+\"", "\".*\"");
    }
}
