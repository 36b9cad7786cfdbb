package io.github.flinkwebsocket.logstash;

import org.apache.flink.annotation.Internal;

import java.util.List;

/** What a pipeline file is made of, each with its place in the text. Immutable; any thread. */
@Internal
final class PipelineTree {

    /** Anything that can stand after {@code =>}. */
    abstract static class Value {

        final int offset;

        private Value(int offset) {
            this.offset = offset;
        }

        /** What it is, for an error. */
        abstract String kind();
    }

    /** A string, number or bareword, as it was written. */
    static final class Scalar extends Value {

        final String text;
        final int textOffset;

        /**
         * @param offset where it begins, with its quote if it has one
         * @param textOffset where the text itself begins
         */
        Scalar(int offset, String text, int textOffset) {
            super(offset);
            this.text = text;
            this.textOffset = textOffset;
        }

        @Override
        String kind() {
            return "a single value";
        }
    }

    /** Values in brackets. */
    static final class Array extends Value {

        final List<Value> values;

        Array(int offset, List<Value> values) {
            super(offset);
            this.values = List.copyOf(values);
        }

        @Override
        String kind() {
            return "an array";
        }
    }

    /** Names and values in braces. */
    static final class Hash extends Value {

        final List<Entry> entries;

        Hash(int offset, List<Entry> entries) {
            super(offset);
            this.entries = List.copyOf(entries);
        }

        @Override
        String kind() {
            return "a hash";
        }
    }

    /** A name and a block of settings. */
    static final class Plugin extends Value {

        final String name;
        final List<Entry> settings;

        Plugin(int offset, String name, List<Entry> settings) {
            super(offset);
            this.name = name;
            this.settings = List.copyOf(settings);
        }

        @Override
        String kind() {
            return "a block";
        }
    }

    /** A setting of a plugin, or an entry of a hash. */
    static final class Entry {

        final Scalar name;
        final Value value;

        Entry(Scalar name, Value value) {
            this.name = name;
            this.value = value;
        }
    }

    private PipelineTree() {}
}
