package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.message.Arrival;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.testing.Messages;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * What a server of some feed says: the files in {@code src/test/resources/transcripts}, one message
 * a line. Lines with {@code #} are comments; {@code gzip} before a message makes it a compressed
 * binary one.
 */
public final class Transcript {

    /** About when all transcripts play. */
    public static final long TIME = 1_772_000_000_000L;

    private static final String GZIP = "gzip ";

    /** The messages of a file. */
    public static List<WebSocketMessage> read(String name) {
        List<WebSocketMessage> messages = new ArrayList<>();
        try (InputStream in =
                        Transcript.class.getResourceAsStream("/transcripts/" + name + ".txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    messages.add(message(line.replace('␞', '\u001e').replace('␤', '\n')));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static WebSocketMessage message(String line) {
        return line.startsWith(GZIP) ? binary(gzip(line.substring(GZIP.length()))) : text(line);
    }

    public static WebSocketMessage text(String text) {
        return message(text.getBytes(StandardCharsets.UTF_8), true);
    }

    public static WebSocketMessage binary(byte[] payload) {
        return message(payload, false);
    }

    private static WebSocketMessage message(byte[] payload, boolean text) {
        return new WebSocketMessage(payload, text, new Arrival(Messages.CONNECTION, TIME), 1);
    }

    public static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Transcript() {}
}
