package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes an input as Java code that builds the same source. Any thread. */
@Internal
final class JavaWriter {

    private static final String INDENT = "\n                ";

    private final InputSettings input;
    private final List<String> calls = new ArrayList<>();

    JavaWriter(InputSettings input) {
        this.input = input;
    }

    /** One statement that declares a variable of this name. */
    String statement(String variable) {
        calls.add("setUrls(" + input.url.toJava() + ")");
        calls.add("setDeserializer(" + schema() + ")");
        calls.add("setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)");
        input.fields.forEach((name, value) -> calls.add(call("addField", name, value)));
        if (!input.tags.isEmpty()) {
            calls.add("addTags(" + join(input.tags) + ")");
        }
        if (input.type != null) {
            calls.add("setType(" + input.type.toJava() + ")");
        }
        if (input.id != null) {
            calls.add("setId(" + input.id.toJava() + ")");
        }
        if (input.enableMetric != null) {
            calls.add("enableMetric(" + flag(input.enableMetric) + ")");
        }
        calls.add("build();");
        return calls.stream()
                .map(call -> INDENT + "." + call)
                .collect(
                        Collectors.joining(
                                "",
                                "WebSocketSource<WebSocketEvent> "
                                        + variable
                                        + " =\n        WebSocketSource.<WebSocketEvent>builder()",
                                "\n"));
    }

    private String schema() {
        if (isPlainJson()) {
            return "WebSocketEventSchema.json()";
        }
        return String.format(
                "WebSocketEventSchema.of(EventCodec.named(%s, %s))",
                input.codec.toJava(), codecSettings());
    }

    private boolean isPlainJson() {
        return !input.codec.hasVariables()
                && input.codec.value().equals("json")
                && input.codecSettings.isEmpty();
    }

    private String codecSettings() {
        return input.codecSettings.entrySet().stream()
                .map(setting -> pair(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining(", ", "Map.of(", ")"));
    }

    private static String call(String method, String name, ResolvedText value) {
        return method + "(" + pair(name, value) + ")";
    }

    private static String pair(String name, ResolvedText value) {
        return JavaLiteral.of(name) + ", " + value.toJava();
    }

    private static String join(List<ResolvedText> texts) {
        return texts.stream().map(ResolvedText::toJava).collect(Collectors.joining(", "));
    }

    private static String flag(ResolvedText value) {
        return value.hasVariables()
                ? "Boolean.parseBoolean(" + value.toJava() + ")"
                : value.value();
    }

    /** The imports that these statements need, in order. */
    static String imports(List<String> statements) {
        String code = String.join("", statements);
        Set<String> imports = new TreeSet<>();
        String root = "io.github.flinkwebsocket.";
        imports.add(root + "feed.ErrorPolicy");
        imports.add(root + "feed.WebSocketOptions");
        imports.add(root + "message.event.WebSocketEvent");
        imports.add(root + "message.event.WebSocketEventSchema");
        imports.add(root + "source.WebSocketSource");
        if (code.contains("EventCodec.named(")) {
            imports.add(root + "message.event.EventCodec");
        }
        if (code.contains(" Map.of")) {
            imports.add("java.util.Map");
        }
        if (code.contains("Objects.requireNonNull(")) {
            imports.add("java.util.Objects");
        }
        return imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
    }
}
