package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.message.event.WebSocketEvent;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@code websocket} input of a Logstash pipeline, read so that its feed can move to this
 * connector. Immutable; any thread. Shows no setting in {@link #toString()}.
 *
 * <p>The file is read as Logstash reads it with its default settings: in strings a backslash only
 * keeps a quote from ending the string, and stays there; <code>${NAME}</code> and <code>
 * ${NAME:default}</code> are replaced in values, not in keys. Filters, outputs and other inputs
 * must be well-formed but may contain anything.
 */
@PublicEvolving
public final class LogstashInput {

    private final InputSettings settings;
    private final int number;
    private final int line;

    private LogstashInput(InputSettings settings, int number, int line) {
        this.settings = settings;
        this.number = number;
        this.line = line;
    }

    /**
     * Reads a pipeline file; variables are those of this process's environment.
     *
     * @throws LogstashSyntaxException if the file is malformed, or inputs say what the connector
     *     can't do; then it has all of it
     */
    public static List<LogstashInput> parse(String text) {
        return parse(text, System::getenv);
    }

    /**
     * Reads a pipeline file.
     *
     * @param environment gives the value of a variable, or null if it is not set
     * @return its {@code websocket} inputs, in order; empty if there is none
     * @throws LogstashSyntaxException if the file is malformed, or inputs say what the connector
     *     can't do; then it has all of it
     */
    public static List<LogstashInput> parse(String text, Function<String, String> environment) {
        PipelineText source = new PipelineText(text);
        PipelineErrors errors = new PipelineErrors();
        SettingValues values = new SettingValues(source, environment, errors);
        List<LogstashInput> inputs = new ArrayList<>();
        for (PipelineTree.Plugin plugin : new PipelineParser(source).parse()) {
            inputs.add(
                    new LogstashInput(
                            new InputReader(source, values, errors, plugin).read(),
                            inputs.size() + 1,
                            source.line(plugin.offset)));
        }
        errors.throwAny();
        return Collections.unmodifiableList(inputs);
    }

    /** A source that reads the same feed and makes the same events. */
    public WebSocketSource<WebSocketEvent> source() {
        return settings.source();
    }

    /**
     * The same as options of {@link io.github.flinkwebsocket.feed.WebSocketOptions}, already
     * checked. The error policy is {@code emit}, because Logstash makes a tagged event of a message
     * that it can't decode.
     */
    public Configuration options() {
        return settings.options();
    }

    /** The name of the codec; {@code json} if the file names none. */
    public String codec() {
        return settings.codec.value();
    }

    /** The settings of the codec's block, in order. */
    public Map<String, String> codecSettings() {
        return Collections.unmodifiableMap(InputSettings.values(settings.codecSettings));
    }

    /** The line of the file where the input begins, from 1. */
    public int line() {
        return line;
    }

    /**
     * One Java statement that builds the same source. Variables of the environment are read where
     * it runs; their values are not in it.
     */
    public String toJava() {
        return new JavaWriter(settings).statement(number == 1 ? "source" : "source" + number);
    }

    @Override
    public String toString() {
        return "websocket input of line " + line;
    }
}
