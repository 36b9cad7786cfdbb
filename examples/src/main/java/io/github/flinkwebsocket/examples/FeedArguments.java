package io.github.flinkwebsocket.examples;

import org.apache.flink.configuration.Configuration;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What the command line of {@link FeedJob} says. Immutable once parsed. */
final class FeedArguments {

    /** What becomes of the records. */
    enum Output {
        PRINT("--print"),
        JSON_FILES("--json-files"),
        SQL("--sql");

        private final String argument;

        Output(String argument) {
            this.argument = argument;
        }
    }

    private static final String OPEN_MESSAGE = "open-message";

    private final FeedOptions options = new FeedOptions();
    private final Variables variables;
    @Nullable private Path config;
    @Nullable private Output output;
    @Nullable private String target;
    private boolean help;

    private FeedArguments(Map<String, String> environment) {
        variables = new Variables(environment);
    }

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; says what and what would be right
     */
    static FeedArguments parse(Map<String, String> environment, String... args) {
        FeedArguments parsed = new FeedArguments(environment);
        for (int i = 0; i < args.length; i++) {
            i += parsed.read(args[i], i + 1 < args.length ? args[i + 1] : null);
        }
        if (!parsed.help) {
            parsed.checkComplete();
        }
        return parsed;
    }

    /** Reads one argument; returns how many values it has taken. */
    private int read(String argument, @Nullable String value) {
        switch (argument) {
            case "-h":
            case "--help":
                help = true;
                return 0;
            case "--print":
                setOutput(Output.PRINT, null);
                return 0;
            case "--json-files":
                setOutput(Output.JSON_FILES, required(argument, value));
                return 1;
            case "--sql":
                setOutput(Output.SQL, required(argument, value));
                return 1;
            case "--config":
                if (config != null) {
                    throw new IllegalArgumentException("--config is given twice.");
                }
                config = Path.of(required(argument, value));
                return 1;
            default:
                options.add(optionName(argument), required(argument, value));
                return 1;
        }
    }

    private static String optionName(String argument) {
        String name = argument.startsWith("--") ? argument.substring(2) : "";
        name = name.equals(OPEN_MESSAGE) ? "open-messages" : name;
        if (!FeedOptions.isKnown(name)) {
            throw new IllegalArgumentException(
                    "There is no option '" + argument + "'; --help shows all.");
        }
        return name;
    }

    private static String required(String argument, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(argument + " needs a value.");
        }
        return value;
    }

    private void setOutput(Output newOutput, @Nullable String newTarget) {
        if (output != null) {
            throw new IllegalArgumentException(
                    String.format(
                            "There are both %s and %s; use one of them.",
                            output.argument, newOutput.argument));
        }
        output = newOutput;
        target = newTarget;
    }

    private void checkComplete() {
        boolean feed = config != null || !options.isEmpty();
        if (output == Output.SQL && feed) {
            throw new IllegalArgumentException(
                    "--sql takes no options of a feed: the file has them, after WITH.");
        }
        if (output != Output.SQL && !feed) {
            throw new IllegalArgumentException(
                    "There is no feed; use --url, --config or --sql, or see --help.");
        }
    }

    boolean help() {
        return help;
    }

    Output output() {
        return output == null ? Output.PRINT : output;
    }

    /** The folder to write to, or the file with SQL; null if records are printed. */
    @Nullable
    String target() {
        return target;
    }

    /** The statements of the file with SQL. */
    SqlScript script() throws IOException {
        return SqlScript.parse(target, ConfigFile.text(Path.of(target)), variables);
    }

    /** The feed: what the file says, and where the command line says something else, that. */
    Configuration feed() throws IOException {
        FeedOptions all = config == null ? new FeedOptions() : ConfigFile.read(config);
        all.replaceBy(options);
        return all.toConfiguration(variables);
    }
}
