package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.feed.Count;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.probe.analysis.FeedAnalysis;
import io.github.flinkwebsocket.probe.analysis.SqlText;

import org.apache.flink.annotation.Internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the probe saw and guessed, as SQL comments. Main thread. */
@Internal
final class Report {

    private static final int MAX_LINE = 500;
    private static final int MAX_SAMPLE = 200;

    private final ProbeArguments arguments;
    private final Secrets secrets;
    private final List<String> lines = new ArrayList<>();

    Report(ProbeArguments arguments, Secrets secrets) {
        this.arguments = arguments;
        this.secrets = secrets;
    }

    /** Adds what came. */
    Report seen(Capture capture) {
        List<WebSocketMessage> messages = capture.messages();
        long[] sizes = messages.stream().mapToLong(m -> m.getPayload().length).sorted().toArray();
        long texts = messages.stream().filter(WebSocketMessage::isText).count();
        double seconds = capture.seconds();
        add("%s", secrets.url(arguments.url()));
        add(
                "%s in %.1f s%s, %s; subprotocol: %s",
                Count.of(messages.size(), "message"),
                seconds,
                seconds < 0.1
                        ? ""
                        : String.format(Locale.ROOT, " (%.1f a second)", messages.size() / seconds),
                texts == messages.size()
                        ? "text"
                        : texts == 0
                                ? "binary"
                                : texts + " text and " + (messages.size() - texts) + " binary",
                capture.subprotocol() == null ? "none" : capture.subprotocol());
        add(
                "bytes a message: min %d, median %d, max %d",
                sizes[0], sizes[sizes.length / 2], sizes[sizes.length - 1]);
        Termination end = capture.termination();
        if (end != null) {
            add("the connection ended: %s", end.reason());
        }
        samples(messages);
        return this;
    }

    /** The first and the last, and what is between at even distances. */
    private void samples(List<WebSocketMessage> messages) {
        int count = Math.min(arguments.sample(), messages.size());
        for (int i = 0; i < count; i++) {
            int index = count == 1 ? messages.size() - 1 : i * (messages.size() - 1) / (count - 1);
            WebSocketMessage message = messages.get(index);
            add("message %d: %s", index + 1, sample(message));
        }
    }

    private String sample(WebSocketMessage message) {
        if (message.isText()) {
            return SqlText.line(secrets.redact(message.getText()), MAX_SAMPLE);
        }
        StringBuilder hex = new StringBuilder("0x");
        byte[] payload = message.getPayload();
        for (int i = 0; i < Math.min(32, payload.length); i++) {
            hex.append(String.format("%02x", payload[i]));
        }
        return payload.length > 32 ? hex + "..." : hex.toString();
    }

    /** Adds what was found out. */
    Report found(FeedAnalysis analysis) {
        Map<String, Integer> controls = analysis.controls();
        add(
                "%s%s",
                Count.of(analysis.records(), "record"),
                controls.isEmpty()
                        ? ""
                        : "; control messages: "
                                + controls.entrySet().stream()
                                        .map(c -> c.getKey() + " (" + c.getValue() + ")")
                                        .collect(Collectors.joining(", ")));
        add("guess: types are those of the values seen; others may come later");
        if (!analysis.eventTimeFound()) {
            add("guess: the event time is the receive time, since no field looks like a time");
        }
        analysis.guesses().forEach(guess -> add("guess: %s", guess));
        if (analysis.position() != null) {
            position(analysis.position());
        }
        return this;
    }

    /** What a position needs. It is a sketch: only the server knows how to be asked. */
    private void position(String pointer) {
        add("guess: %s looks like a position. If the server can continue after one, set", pointer);
        add("  'position.pointer' = %s,", SqlText.string(pointer));
        if (arguments.openMessages().isEmpty()) {
            add("  'initial-url' = what 'url' is now, and 'url' with ${position} where it belongs");
        } else {
            add("  'initial-open-messages' = what 'open-messages' is now, and");
            add("  'open-messages' with ${position} where the server wants it");
        }
    }

    /** Adds a line. */
    void add(String format, Object... args) {
        String line = secrets.redact(String.format(Locale.ROOT, format, args));
        lines.add("-- " + SqlText.line(line, MAX_LINE));
    }

    /** The lines, each a comment. */
    String text() {
        return String.join("\n", lines) + "\n";
    }
}
