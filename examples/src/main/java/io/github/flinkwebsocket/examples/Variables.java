package io.github.flinkwebsocket.examples;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables in the place of <code>${NAME}</code>, so that files need not hold
 * secrets, and takes their values out of what is shown. <code>${position}</code> is the connector's
 * and stays. Used by one thread.
 */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String POSITION = "position";

    /** Shorter values are no secrets, and masking them would make errors unreadable. */
    private static final int SHORTEST_MASKED = 4;

    private final Map<String, String> environment;
    private final Map<String, String> used = new TreeMap<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The text with values for names.
     *
     * @param place goes into the error: the option or the file that holds the text
     * @throws IllegalArgumentException if a variable is not set
     */
    String resolve(String place, String text) {
        return resolve(place, text, value -> value);
    }

    private String resolve(String place, String text, UnaryOperator<String> quoting) {
        return REFERENCE
                .matcher(text)
                .replaceAll(
                        reference -> {
                            String name = reference.group(1);
                            return Matcher.quoteReplacement(
                                    name.equals(POSITION)
                                            ? reference.group()
                                            : quoting.apply(value(place, name)));
                        });
    }

    /** The same within SQL: in a value, single quotes are doubled, as in a string of SQL. */
    String resolveQuoted(String place, String sql) {
        return resolve(place, sql, Variables::quoted);
    }

    private static String quoted(String value) {
        return value.replace("'", "''");
    }

    private String value(String place, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    String.format(
                            "%s contains ${%s}, but the environment variable %s is not set.",
                            place, name, name));
        }
        used.put(name, value);
        return value;
    }

    /** The text with names for the values that {@link #resolve} has put in. */
    String mask(String text) {
        String masked = text;
        for (Map.Entry<String, String> variable : used.entrySet()) {
            if (variable.getValue().length() >= SHORTEST_MASKED) {
                String name = "${" + variable.getKey() + "}";
                masked = masked.replace(variable.getValue(), name);
                masked = masked.replace(quoted(variable.getValue()), name);
            }
        }
        return masked;
    }

    /**
     * A failure that can be shown: Flink's errors quote statements and options, and their causes do
     * too, so only their messages go in, masked.
     */
    IllegalArgumentException masked(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = t.getMessage() == null ? t.toString() : t.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.length() == 0 ? "" : "\n  because: ").append(message);
            }
        }
        IllegalArgumentException shown = new IllegalArgumentException(mask(text.toString()));
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }
}
