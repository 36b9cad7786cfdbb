package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.logstash.PipelineTree.Array;
import io.github.flinkwebsocket.logstash.PipelineTree.Entry;
import io.github.flinkwebsocket.logstash.PipelineTree.Hash;
import io.github.flinkwebsocket.logstash.PipelineTree.Plugin;
import io.github.flinkwebsocket.logstash.PipelineTree.Scalar;
import io.github.flinkwebsocket.logstash.PipelineTree.Value;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds the {@code websocket} inputs of a pipeline file. All else is read by the same grammar and
 * dropped. Used by one thread.
 */
@Internal
final class PipelineParser {

    private static final String WEBSOCKET = "websocket";
    private static final Set<String> SECTIONS = Set.of("input", "filter", "output");
    private static final Pattern BAREWORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]*)?");

    /** More than any real file has; keeps a broken one from using up the stack. */
    private static final int MAX_DEPTH = 100;

    private final PipelineText source;
    private final PipelineScanner scanner;
    private final List<Plugin> inputs = new ArrayList<>();
    private int depth;

    PipelineParser(PipelineText source) {
        this.source = source;
        this.scanner = new PipelineScanner(source);
    }

    /** The inputs, in the order of the file. */
    List<Plugin> parse() {
        scanner.take("\uFEFF");
        scanner.skipBlanks();
        while (!scanner.atEnd()) {
            int start = scanner.offset();
            String section = scanner.name();
            if (!SECTIONS.contains(section)) {
                scanner.reset(start);
                throw scanner.unexpected("'input', 'filter' or 'output'");
            }
            block(section.equals("input"), false);
            scanner.skipBlanks();
        }
        return inputs;
    }

    /** Plugins and branches in braces. */
    private void block(boolean input, boolean conditional) {
        scanner.skipBlanks();
        scanner.expect("{");
        enter();
        scanner.skipBlanks();
        while (!scanner.take("}")) {
            int start = scanner.offset();
            String word = scanner.name();
            if (word.equals("if")) {
                branches(input);
            } else if (word.equals("else")) {
                throw source.error(start, "There is no 'if' before this 'else'.");
            } else {
                scanner.reset(start);
                Plugin plugin = plugin();
                if (input && plugin.name.equals(WEBSOCKET)) {
                    addInput(plugin, conditional);
                }
            }
            scanner.skipBlanks();
        }
        depth--;
    }

    private void addInput(Plugin plugin, boolean conditional) {
        if (conditional) {
            throw source.error(
                    plugin.offset,
                    "A websocket input can't depend on a condition, as there is no event yet that it"
                            + " could ask; take it out of the 'if'.");
        }
        inputs.add(plugin);
    }

    /** What follows {@code if}, to the end of the last {@code else}. */
    private void branches(boolean input) {
        boolean condition = true;
        int end;
        do {
            if (condition) {
                PipelineCondition.skip(scanner);
            }
            block(input, true);
            end = scanner.offset();
            scanner.skipBlanks();
            String word = condition ? scanner.name() : "";
            if (word.equals("else")) {
                condition = takeIf();
            } else if (word.equals("elseif")) {
                condition = true;
            } else {
                scanner.reset(end);
                return;
            }
        } while (true);
    }

    private boolean takeIf() {
        scanner.skipBlanks();
        int start = scanner.offset();
        if (scanner.name().equals("if")) {
            return true;
        }
        scanner.reset(start);
        return false;
    }

    private Plugin plugin() {
        int start = scanner.offset();
        String name = scanner.atQuote() ? scanner.string().text : scanner.name();
        if (name.isEmpty()) {
            scanner.reset(start);
            throw scanner.unexpected("the name of a plugin or '}'");
        }
        scanner.skipBlanks();
        return plugin(start, name);
    }

    private Plugin plugin(int start, String name) {
        return new Plugin(start, name, entries("the name of a setting", scanner::name));
    }

    /** Names and values in braces; blanks separate them. */
    private List<Entry> entries(String expected, Supplier<String> bareName) {
        scanner.expect("{");
        enter();
        List<Entry> entries = new ArrayList<>();
        scanner.skipBlanks();
        while (!scanner.take("}")) {
            Scalar name = entryName(expected, bareName);
            scanner.skipBlanks();
            scanner.expect("=>");
            scanner.skipBlanks();
            entries.add(new Entry(name, value("a value")));
            scanner.skipBlanks();
        }
        depth--;
        return entries;
    }

    private Scalar entryName(String expected, Supplier<String> bareName) {
        if (scanner.atQuote()) {
            return scanner.string();
        }
        int start = scanner.offset();
        String name = bareName.get();
        if (name.isEmpty()) {
            throw scanner.unexpected(
                    scanner.at(',')
                            ? expected + " or '}' (only blanks separate them)"
                            : expected + " or '}'");
        }
        return new Scalar(start, name, start);
    }

    private Value value(String expected) {
        int start = scanner.offset();
        if (scanner.at('{')) {
            return new Hash(start, entries("a key", scanner::bare));
        }
        if (scanner.at('[')) {
            return new Array(start, values());
        }
        Scalar scalar;
        if (scanner.atQuote()) {
            scalar = scanner.string();
        } else {
            String bare = scanner.bare();
            if (bare.isEmpty()) {
                throw scanner.unexpected(expected);
            }
            scalar = new Scalar(start, bare, start);
        }
        int end = scanner.offset();
        scanner.skipBlanks();
        if (scanner.at('{')) {
            return plugin(start, scalar.text);
        }
        scanner.reset(end);
        if (scalar.textOffset == start) {
            checkBare(scalar);
        }
        return scalar;
    }

    /** Whether a value without quotes can do without them. */
    private void checkBare(Scalar value) {
        boolean ends = scanner.atEnd() || " \t\r\n#,]}".chars().anyMatch(c -> scanner.at((char) c));
        boolean plain =
                BAREWORD.matcher(value.text).matches() || NUMBER.matcher(value.text).matches();
        if (!ends || !plain) {
            throw source.error(
                    value.offset,
                    "The value that begins with '" + value.text + "' must be in quotes.");
        }
    }

    /** Values in brackets; commas separate them. */
    private List<Value> values() {
        scanner.expect("[");
        enter();
        List<Value> values = new ArrayList<>();
        scanner.skipBlanks();
        if (!scanner.take("]")) {
            do {
                scanner.skipBlanks();
                values.add(value(values.isEmpty() ? "a value or ']'" : "a value"));
                scanner.skipBlanks();
            } while (scanner.take(","));
            if (!scanner.take("]")) {
                throw scanner.unexpected("',' or ']'");
            }
        }
        depth--;
        return values;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw source.error(
                    scanner.offset() - 1,
                    "More than " + MAX_DEPTH + " brackets and braces are open here.");
        }
    }
}
