package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The example in the docs is what the probe prints. */
class ProbeDocsTest {

    @Test
    void exampleIsTrue() throws Exception {
        String page = Files.readString(Paths.get("..", "docs", "probe.md"));
        List<Frame> messages =
                Pattern.compile("-- message [0-9]+: (.*)")
                        .matcher(page)
                        .results()
                        .map(message -> Frame.text(message.group(1)))
                        .collect(Collectors.toList());
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().read(Frame.TEXT);
                            peer.send(messages.toArray(new Frame[0])).awaitEnd();
                        })) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/stream"),
                            "--messages",
                            Integer.toString(messages.size()),
                            "--open-message",
                            "{\"op\":\"subscribe\",\"args\":[\"trades\"]}");
            String out = run.out().replace(server.url("/stream"), "wss://feed.example/stream");
            assertThat(page).contains(out.substring(out.indexOf("CREATE TABLE")));
            assertThat(page)
                    .contains(lines(out, "-- guess: "))
                    .contains(lines(out, "-- message 1"));
        }
    }

    private static String lines(String text, String prefix) {
        return Pattern.compile("(?m)^" + prefix + ".*\n")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining());
    }
}
