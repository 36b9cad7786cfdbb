package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.VisibleForTesting;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The command line of {@code ./from-logstash}: prints the {@code websocket} inputs of a pipeline
 * file as Java code. Used by one thread.
 */
@Internal
public final class LogstashCommand {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Function<String, String> environment;

    @VisibleForTesting
    LogstashCommand(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Function<String, String> environment) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public static void main(String[] args) {
        LogstashCommand command =
                new LogstashCommand(System.in, System.out, System.err, System::getenv);
        System.exit(command.run(args));
    }

    /** Runs the command and returns its exit code. */
    int run(String... args) {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            out.print(usage());
            return OK;
        }
        if (args.length != 1 || (args[0].startsWith("-") && !args[0].equals("-"))) {
            err.print(usage());
            return WRONG_USAGE;
        }
        String name = args[0].equals("-") ? "stdin" : args[0];
        try {
            List<LogstashInput> inputs = LogstashInput.parse(read(args[0]), environment);
            if (inputs.isEmpty()) {
                return fail(name + ": There is no websocket input.");
            }
            print(inputs);
            return OK;
        } catch (LogstashSyntaxException e) {
            return fail(
                    e.getAll().stream()
                            .map(error -> describe(name, error))
                            .collect(Collectors.joining(System.lineSeparator())));
        } catch (IOException | InvalidPathException e) {
            return fail(name + ": " + describe(e));
        }
    }

    private static String usage() {
        try (InputStream usage = LogstashCommand.class.getResourceAsStream("usage.txt")) {
            return new String(usage.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int fail(String message) {
        err.println(message);
        return FAILED;
    }

    private String read(String file) throws IOException {
        byte[] bytes = file.equals("-") ? in.readAllBytes() : Files.readAllBytes(Path.of(file));
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static String describe(String file, LogstashSyntaxException e) {
        return String.format("%s:%d:%d: %s", file, e.getLine(), e.getColumn(), e.getReason());
    }

    private static String describe(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "There is no such file.";
        }
        if (e instanceof AccessDeniedException) {
            return "The file must not be read.";
        }
        if (e instanceof CharacterCodingException) {
            return "The file is not UTF-8.";
        }
        return "The file can't be read: " + e.getMessage() + ".";
    }

    private void print(List<LogstashInput> inputs) {
        List<String> statements =
                inputs.stream().map(LogstashInput::toJava).collect(Collectors.toList());
        out.print(JavaWriter.imports(statements));
        for (int i = 0; i < statements.size(); i++) {
            // Not the file's name: "\\u" in it would break the Java code.
            out.printf("%n// The websocket input of line %d.%n", inputs.get(i).line());
            out.print(statements.get(i));
        }
    }
}
