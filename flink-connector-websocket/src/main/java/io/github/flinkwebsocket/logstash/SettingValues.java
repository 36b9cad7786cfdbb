package io.github.flinkwebsocket.logstash;

import io.github.flinkwebsocket.logstash.PipelineTree.Array;
import io.github.flinkwebsocket.logstash.PipelineTree.Entry;
import io.github.flinkwebsocket.logstash.PipelineTree.Hash;
import io.github.flinkwebsocket.logstash.PipelineTree.Scalar;
import io.github.flinkwebsocket.logstash.PipelineTree.Value;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns what a setting was given into the kind of value that it takes. A setting that is given
 * several times has the values of all, as in Logstash. What is wrong is noted and left out. Used by
 * one thread.
 */
@Internal
final class SettingValues {

    private final PipelineText source;
    private final Function<String, String> environment;
    private final PipelineErrors errors;

    SettingValues(
            PipelineText source, Function<String, String> environment, PipelineErrors errors) {
        this.source = source;
        this.environment = environment;
        this.errors = errors;
    }

    /** The one value of a setting, or null if there is none that will do. */
    @Nullable
    ResolvedText single(List<Entry> settings) {
        ResolvedText value = null;
        for (Entry setting : settings) {
            ResolvedText next = errors.attempt(() -> text(one(setting.value, setting.name)));
            if (value != null && next != null && !value.value().equals(next.value())) {
                errors.add(
                        source.error(
                                setting.name.offset,
                                String.format(
                                        "The setting '%s' has another value in line %d; it can have"
                                                + " one only.",
                                        setting.name.text,
                                        source.line(settings.get(0).name.offset))));
            }
            value = value == null ? next : value;
        }
        return value;
    }

    /** All values of a setting that takes an array. */
    List<ResolvedText> list(List<Entry> settings) {
        List<ResolvedText> texts = new ArrayList<>();
        for (Entry setting : settings) {
            for (Value value : elements(setting.value)) {
                ResolvedText text = errors.attempt(() -> text(scalar(value, setting.name)));
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** All entries of a setting that takes a hash; it may be written as an array of pairs. */
    Map<String, ResolvedText> hash(List<Entry> settings) {
        Map<String, ResolvedText> entries = new LinkedHashMap<>();
        for (Entry setting : settings) {
            for (Entry entry : entries(setting)) {
                ResolvedText value = errors.attempt(() -> text(one(entry.value, entry.name)));
                ResolvedText earlier =
                        value == null ? null : entries.putIfAbsent(entry.name.text, value);
                if (earlier != null && !earlier.value().equals(value.value())) {
                    errors.add(
                            source.error(
                                    entry.name.offset,
                                    String.format(
                                            "'%s' is there already, with another value; the"
                                                    + " connector can add one value to a field.",
                                            entry.name.text)));
                }
            }
        }
        return entries;
    }

    private Collection<Entry> entries(Entry setting) {
        if (setting.value instanceof Hash) {
            return distinct(((Hash) setting.value).entries);
        }
        List<Value> values = elements(setting.value);
        if (!(setting.value instanceof Array) || values.size() % 2 != 0) {
            errors.add(
                    source.error(
                            setting.value.offset,
                            String.format(
                                    "The setting '%s' takes a hash, or an array of names and values"
                                            + " in turn.",
                                    setting.name.text)));
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 2) {
            Value field = values.get(i);
            Scalar name = errors.attempt(() -> fieldName(scalar(field, setting.name)));
            if (name != null) {
                entries.add(new Entry(name, values.get(i + 1)));
            }
        }
        return entries;
    }

    private Scalar fieldName(Scalar name) {
        if (text(name).hasVariables()) {
            // Logstash would replace them here, unlike in a hash.
            throw source.error(name.offset, "There can't be variables in the name of a field.");
        }
        return name;
    }

    private Collection<Entry> distinct(List<Entry> entries) {
        Map<String, Entry> seen = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (seen.putIfAbsent(entry.name.text, entry) != null) {
                errors.add(
                        source.error(
                                entry.name.offset,
                                "The key '" + entry.name.text + "' is twice in the same hash."));
            }
        }
        return seen.values();
    }

    private static List<Value> elements(Value value) {
        return value instanceof Array ? ((Array) value).values : List.of(value);
    }

    /** A single value, be it in brackets or not. */
    private Scalar one(Value value, Scalar name) {
        List<Value> values = elements(value);
        if (values.size() != 1) {
            throw source.error(
                    value.offset,
                    String.format("'%s' takes one value, not %d.", name.text, values.size()));
        }
        return scalar(values.get(0), name);
    }

    private Scalar scalar(Value value, Scalar name) {
        if (!(value instanceof Scalar)) {
            throw source.error(
                    value.offset,
                    String.format("'%s' can't have %s here.", name.text, value.kind()));
        }
        return (Scalar) value;
    }

    private ResolvedText text(Scalar scalar) {
        return ResolvedText.resolve(source, scalar, environment);
    }
}
