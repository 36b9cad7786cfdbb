package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found out about a feed: options, format and columns of a table that reads it. Filled by
 * {@link FeedAnalyzer}, then only read.
 */
@Internal
public final class FeedAnalysis {

    final Map<String, String> options = new LinkedHashMap<>();
    final Map<String, String> formatOptions = new LinkedHashMap<>();
    final Map<String, String> columns = new LinkedHashMap<>();
    final Map<String, Integer> controls = new LinkedHashMap<>();
    final List<String> guesses = new ArrayList<>();
    int records;
    int watermarkSeconds;
    boolean eventTimeFound;
    @Nullable String position;
    boolean onlyControls;

    FeedAnalysis() {}

    /** The options 'message.*' and 'error-policy' that the feed needs beside the user's. */
    public Map<String, String> options() {
        return Collections.unmodifiableMap(options);
    }

    /** The option 'format' and those of the format. */
    public Map<String, String> formatOptions() {
        return Collections.unmodifiableMap(formatOptions);
    }

    /** Names, as they are in the messages, and SQL types. */
    public Map<String, String> columns() {
        return Collections.unmodifiableMap(columns);
    }

    /** What showed that messages are control messages, and how many there were of each. */
    public Map<String, Integer> controls() {
        return Collections.unmodifiableMap(controls);
    }

    /** What is not certain, each a phrase; texts of the feed in them are as they came. */
    public List<String> guesses() {
        return Collections.unmodifiableList(guesses);
    }

    /** Whether nothing but control messages came. */
    public boolean onlyControls() {
        return onlyControls;
    }

    /** How many records the messages held. */
    public int records() {
        return records;
    }

    /** By how much the watermark should stay behind. */
    public int watermarkSeconds() {
        return watermarkSeconds;
    }

    /** The JSON pointer of what looks like a position; null if nothing does. */
    @Nullable
    public String position() {
        return position;
    }

    /** Whether the event time comes from the messages; else it is the receive time. */
    public boolean eventTimeFound() {
        return eventTimeFound;
    }
}
