package io.github.flinkwebsocket.examples;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads the options of a feed from a file: {@code .properties}, or {@code .yaml} with flat or
 * nested keys. Errors name the place and do not quote the file. Used by one thread.
 */
final class ConfigFile {

    private final Path file;
    private final FeedOptions options = new FeedOptions();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if there is no such file, or it holds anything but options
     */
    static FeedOptions read(Path file) throws IOException {
        return new ConfigFile(file).read();
    }

    private FeedOptions read() throws IOException {
        String text = text(file);
        String name = file.getFileName().toString();
        if (name.endsWith(".properties")) {
            readProperties(text);
        } else if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            readYaml(text);
        } else {
            throw invalid("its name must end with .properties, .yaml or .yml");
        }
        return options;
    }

    /** What a file holds; also of others than those of options. */
    static String text(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("There is no file " + file + " that can be read.");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** A key may stand there several times, which a map of properties would not show. */
    private void readProperties(String text) throws IOException {
        Properties collecting =
                new Properties() {
                    @Override
                    public synchronized Object put(Object key, Object value) {
                        add((String) key, (String) value);
                        return null;
                    }
                };
        try {
            collecting.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("Malformed") ? invalid(e.getMessage()) : e;
        }
    }

    private void readYaml(String text) {
        // All scalars are texts: 1.10 stays 1.10, and what they mean is for the option to say.
        LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
        Object root;
        try {
            root = new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            throw invalid(e.getProblem() + e.getProblemMark().map(ConfigFile::place).orElse(""));
        } catch (YamlEngineException e) {
            throw invalid("it is not valid YAML");
        }
        if (root instanceof Map) {
            addAll("", (Map<?, ?>) root);
        } else if (root != null) {
            throw invalid("it must be a mapping of options to values");
        }
    }

    private static String place(Mark mark) {
        return " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private void addAll(String prefix, Map<?, ?> values) {
        values.forEach(
                (key, value) -> {
                    String name = prefix + key;
                    if (value instanceof Map) {
                        addAll(name + ".", (Map<?, ?>) value);
                    } else if (value instanceof List) {
                        ((List<?>) value).forEach(element -> add(name, element));
                    } else {
                        add(name, value);
                    }
                });
    }

    private void add(String name, Object value) {
        if (!FeedOptions.isKnown(name)) {
            throw invalid("there is no option '" + name + "'");
        }
        if (!(value instanceof String)) {
            throw invalid("the option '" + name + "' must be a text or a list of texts");
        }
        options.add(name, (String) value);
    }

    private IllegalArgumentException invalid(String reason) {
        return new IllegalArgumentException(file + ": " + reason + ".");
    }
}
