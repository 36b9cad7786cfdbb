package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.logstash.PipelineTree.Scalar;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with its environment variables, each with its value; remembers which part came from where,
 * so that Java code can read the variables itself. Immutable; any thread.
 */
@Internal
final class ResolvedText {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_.][A-Za-z0-9_.]*)(?::([^}]*))?}");

    private static final Pattern HTTP = Pattern.compile("^http(?=s?://)", Pattern.CASE_INSENSITIVE);

    private final String written;
    private final String value;
    private final List<String> terms;
    private final boolean hasVariables;

    private ResolvedText(String written, String value, List<String> terms, boolean hasVariables) {
        this.written = written;
        this.value = value;
        this.terms = terms;
        this.hasVariables = hasVariables;
    }

    /** A text without variables. */
    static ResolvedText of(String literal) {
        return new ResolvedText(literal, literal, List.of(JavaLiteral.of(literal)), false);
    }

    /**
     * Replaces the variables. What looks like one in the value of another stays as it is.
     *
     * @param environment gives null for a variable that is not set
     */
    static ResolvedText resolve(
            PipelineText source, Scalar scalar, Function<String, String> environment) {
        Matcher matcher = VARIABLE.matcher(scalar.text);
        StringBuilder value = new StringBuilder();
        List<String> terms = new ArrayList<>();
        int end = 0;
        while (matcher.find()) {
            addLiteral(scalar.text.substring(end, matcher.start()), value, terms);
            end = matcher.end();
            String name = matcher.group(1);
            String byDefault = matcher.group(2);
            String replacement = environment.apply(name);
            if (replacement == null) {
                replacement = byDefault;
            }
            if (replacement == null) {
                throw source.error(
                        scalar.textOffset + matcher.start(),
                        String.format(
                                "The environment variable %s is not set and has no default.",
                                name));
            }
            value.append(replacement);
            terms.add(expression(name, byDefault));
        }
        boolean hasVariables = end > 0;
        addLiteral(scalar.text.substring(end), value, terms);
        if (terms.isEmpty()) {
            terms.add(JavaLiteral.of(""));
        }
        return new ResolvedText(scalar.text, value.toString(), List.copyOf(terms), hasVariables);
    }

    private static void addLiteral(String literal, StringBuilder value, List<String> terms) {
        if (!literal.isEmpty()) {
            value.append(literal);
            terms.add(JavaLiteral.of(literal));
        }
    }

    private static String expression(String name, @Nullable String byDefault) {
        String literal = JavaLiteral.of(name);
        return byDefault == null
                ? "Objects.requireNonNull(System.getenv(" + literal + "), " + literal + ")"
                : "System.getenv().getOrDefault("
                        + literal
                        + ", "
                        + JavaLiteral.of(byDefault)
                        + ")";
    }

    /**
     * The same with {@code ws} for {@code http} and {@code wss} for {@code https}, which Logstash
     * takes too.
     */
    ResolvedText asWebSocketUrl() {
        if (!HTTP.matcher(value).find()) {
            return this;
        }
        List<String> expression = new ArrayList<>(terms);
        if (HTTP.matcher(written).find()) {
            String literal = terms.get(0).substring(1);
            expression.set(0, '"' + HTTP.matcher(literal).replaceFirst("ws"));
        } else {
            // A variable says which.
            expression = List.of("(" + toJava() + ").replaceFirst(\"(?i)^http\", \"ws\")");
        }
        String url = HTTP.matcher(value).replaceFirst("ws");
        return new ResolvedText(written, url, List.copyOf(expression), hasVariables);
    }

    static List<String> values(List<ResolvedText> texts) {
        return texts.stream().map(ResolvedText::value).collect(Collectors.toList());
    }

    String value() {
        return value;
    }

    boolean hasVariables() {
        return hasVariables;
    }

    /** A Java expression for the value, which reads the variables when it runs. */
    String toJava() {
        return String.join(" + ", terms);
    }

    /** With the names of the variables, as their values may be secret. */
    @Override
    public String toString() {
        return written;
    }
}
