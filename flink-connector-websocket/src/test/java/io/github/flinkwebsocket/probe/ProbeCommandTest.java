package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.probe.analysis.Transcript;
import io.github.flinkwebsocket.testing.Frame;
import io.github.flinkwebsocket.testing.LogCapture;
import io.github.flinkwebsocket.testing.ScriptedServer;

import org.junit.jupiter.api.Test;

import javax.net.ssl.SSLContext;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** What the probe prints and how it exits, against a server that does what it is told. */
class ProbeCommandTest {

    private static final String TRADE =
            "{\"symbol\":\"BTC\",\"price\":64000.5,\"ts\":1772000000000}";

    @Test
    void printsWhatCameAndATable() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending(Frame.text(TRADE), Frame.text(TRADE))) {
            ProbeRun run = new ProbeRun("--url", server.url("/feed"), "--messages", "2");
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.OK);
            assertThat(run.out())
                    .contains("-- " + server.url("/feed") + "\n")
                    .contains("-- 2 messages in 0.")
                    .contains(", text; subprotocol: none\n")
                    .contains("-- bytes a message: min 51, median 51, max 51\n")
                    .contains("-- message 2: " + TRADE + "\n")
                    .contains("-- 2 records\n")
                    .endsWith(
                            "CREATE TABLE feed (\n"
                                    + "  symbol STRING,\n"
                                    + "  price DOUBLE,\n"
                                    + "  ts BIGINT,\n"
                                    + "  event_time TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,\n"
                                    + "  WATERMARK FOR event_time AS event_time - INTERVAL '5' SECOND\n"
                                    + ") WITH (\n"
                                    + "  'connector' = 'websocket',\n"
                                    + "  'url' = '"
                                    + server.url("/feed")
                                    + "',\n"
                                    + "  'message.event-time' = '/ts',\n"
                                    + "  'message.event-time-format' = 'epoch-millis',\n"
                                    + "  'format' = 'json'\n"
                                    + ");\n");
        }
    }

    @Test
    void printsNothingButCommentsBesideTheTable() throws Exception {
        String nasty = "{\"a\":\"x\\n); DROP TABLE t;\"}\n\r\u2028DROP TABLE t;";
        try (ScriptedServer server =
                ScriptedServer.sending(Frame.text(TRADE), Frame.text(nasty), Frame.text(TRADE))) {
            String out = new ProbeRun("--url", server.url("/"), "--messages", "3").out();
            assertThat(out.substring(0, out.indexOf("CREATE TABLE")).split("\n"))
                    .hasSizeGreaterThan(4)
                    .allMatch(line -> line.startsWith("-- "));
        }
    }

    @Test
    void sendsTheOpenMessagesAndPutsThemIntoTheTable() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            sent.add(peer.read(Frame.TEXT).text());
                            sent.add(peer.read(Frame.TEXT).text());
                            peer.sendText(TRADE).awaitEnd();
                        })) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/"),
                            "--messages",
                            "1",
                            "--open-message",
                            "{\"op\":\"sub\"}",
                            "--open-message",
                            "it's",
                            "--table",
                            "my trades",
                            "--sample",
                            "0");
            assertThat(sent).containsExactly("{\"op\":\"sub\"}", "it's");
            assertThat(run.out())
                    .contains("CREATE TABLE `my trades` (")
                    .contains("'open-messages' = '''{\"op\":\"sub\"}'';''it''''s''',\n")
                    .doesNotContain("-- message 1");
        }
    }

    @Test
    void sendsNoMoreInASecondThanTheRateAllows() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            long first = System.nanoTime();
                            peer.read(Frame.TEXT);
                            peer.read(Frame.TEXT);
                            long millis = (System.nanoTime() - first) / 1_000_000;
                            peer.sendText("{\"waited\":" + (millis > 500) + "}").awaitEnd();
                        })) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/"),
                            "--messages",
                            "1",
                            "--open-message",
                            "a",
                            "--open-message",
                            "b",
                            "--option",
                            "send-rate.max=1");
            assertThat(run.out()).contains("{\"waited\":true}").contains("'send-rate.max' = '1'");
        }
    }

    @Test
    void saysHowTheConnectionEndedIfThatWasNotThePlan() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().sendText(TRADE);
                            peer.close(1012, "restart");
                        })) {
            ProbeRun run = new ProbeRun("--url", server.url("/"));
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.OK);
            assertThat(run.out())
                    .contains(
                            "-- the connection ended: the server closed it with code 1012: restart");
        }
    }

    @Test
    void readsCompressedBinaryMessages() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending(Frame.binary(Transcript.gzip(TRADE)))) {
            ProbeRun run = new ProbeRun("--url", server.url("/"), "--messages", "1");
            assertThat(run.out())
                    .contains(", binary; subprotocol: none")
                    .contains("-- message 1: 0x1f8b08")
                    .contains("  price DOUBLE,\n")
                    .contains("  'message.compression' = 'gzip',\n");
        }
    }

    @Test
    void endsWhenTheServerDoesNotAnswerItsClose() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().sendText(TRADE);
                            peer.awaitEof();
                        })) {
            ProbeRun run = new ProbeRun("--url", server.url("/"), "--messages", "1");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.OK);
        }
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProbeRun run = new ProbeRun("--url", "ws://127.0.0.1:" + port + "/");
        assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("probe: could not connect (TCP): Connection refused")
                .contains("probe: hint: check host and port");
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        ProbeRun run = new ProbeRun("--url", "ws://no-such-host.invalid/");
        assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
        assertThat(run.err())
                .startsWith("probe: could not connect (name): unknown host 'no-such-host.invalid'");
    }

    @Test
    void saysThatTlsFailed() throws Exception {
        SSLContext withoutCertificate = SSLContext.getInstance("TLS");
        withoutCertificate.init(null, null, null);
        try (ScriptedServer server =
                ScriptedServer.startTls(withoutCertificate, false, peer -> {})) {
            ProbeRun run = new ProbeRun("--url", server.url("/"));
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
            assertThat(run.err()).startsWith("probe: could not connect (TLS): ");
        }
    }

    @Test
    void saysThatTheServerDoesNotAnswer() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.awaitEof())) {
            ProbeRun run =
                    new ProbeRun("--url", server.url("/"), "--option", "connect-timeout=300 ms");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
            assertThat(run.err())
                    .startsWith(
                            "probe: could not connect (no answer): the connection did not open"
                                    + " within 300 ms");
        }
    }

    @Test
    void saysThatTheProxyRefused() throws Exception {
        try (ScriptedServer proxy =
                ScriptedServer.start(
                        peer ->
                                peer.send(ascii("HTTP/1.1 407 Login\r\nContent-Length: 0\r\n\r\n"))
                                        .awaitEnd())) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            "ws://feed.example/",
                            "--option",
                            "proxy.url=http://127.0.0.1:" + proxy.port());
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
            assertThat(run.err()).startsWith("probe: could not connect (proxy): ").contains("407");
        }
    }

    @Test
    void saysThatTheServerRefusedAndWhatItSaid() throws Exception {
        ProbeRun missing = refused("401 Unauthorized", "no\ntoken");
        assertThat(missing.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err())
                .startsWith(
                        "probe: refused: the server answered the upgrade with status 401"
                                + " Unauthorized: no token\n")
                .contains("hint: credentials may be missing");
        ProbeRun wrong = refused("403 Forbidden", "", "--option", "auth.token=TOP-SECRET");
        assertThat(wrong.err())
                .startsWith(
                        "probe: refused: the server answered the upgrade with status 403 Forbidden\n")
                .contains("hint: the credentials were not accepted");
    }

    @Test
    void saysWhereARedirectLeads() throws Exception {
        assertThat(refused("301 Moved\r\nLocation: wss://new.example/ws", "").err())
                .contains("hint: the server redirects: use the URL wss://new.example/ws");
    }

    private static ProbeRun refused(String status, String body, String... more) throws Exception {
        String answer =
                "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (ScriptedServer server =
                ScriptedServer.start(peer -> peer.send(ascii(answer)).awaitEnd())) {
            String[] args = new String[more.length + 2];
            args[0] = "--url";
            args[1] = server.url("/");
            System.arraycopy(more, 0, args, 2, more.length);
            return new ProbeRun(args);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void saysThatTheServerClosedBeforeItSentAnything() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept();
                            peer.close(1008, "subscribe first");
                        })) {
            ProbeRun run = new ProbeRun("--url", server.url("/"));
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NO_DATA);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith(
                            "probe: connected, but the server closed it with code 1008: subscribe"
                                    + " first\n")
                    .contains("add --open-message");
        }
    }

    @Test
    void saysThatAMessageWasTooLarge() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending(Frame.text("x".repeat(2000)))) {
            ProbeRun run =
                    new ProbeRun("--url", server.url("/"), "--option", "max-message-size=1 kb");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NO_DATA);
            assertThat(run.err())
                    .startsWith("probe: connected, but the connection broke: a message was larger")
                    .contains("hint: allow larger ones: --option max-message-size=");
        }
    }

    @Test
    void saysWhichSubprotocolTheServerWants() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept("Sec-WebSocket-Protocol: v9");
                            peer.awaitEnd();
                        })) {
            ProbeRun run = new ProbeRun("--url", server.url("/"));
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
            assertThat(run.err())
                    .contains("the server chose the subprotocol 'v9', which was not offered")
                    .contains("hint: offer it: --option subprotocols=");
        }
    }

    @Test
    void saysThatNoMessageCame() throws Exception {
        try (ScriptedServer server = ScriptedServer.sending()) {
            ProbeRun run =
                    new ProbeRun("--url", server.url("/"), "--seconds", "1", "--open-message", "x");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NO_DATA);
            assertThat(run.err())
                    .startsWith("probe: connected, but no message came within 1 s\n")
                    .contains("hint: check what --open-message sends");
        }
    }

    @Test
    void pingsWhileItWaits() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().read(Frame.PING);
                            peer.sendText(TRADE).awaitEnd();
                        })) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/"),
                            "--messages",
                            "1",
                            "--option",
                            "ping-interval=50 ms");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.OK);
        }
    }

    @Test
    void showsControlMessagesIfThereIsNothingElse() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.sending(
                        Frame.text("{\"event\":\"error\",\"msg\":\"unknown channel\"}"))) {
            ProbeRun run = new ProbeRun("--url", server.url("/"), "--messages", "1");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NO_DATA);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains("unknown channel")
                    .contains("probe: connected, but only control messages came");
            ProbeRun insisting =
                    new ProbeRun(
                            "--url",
                            server.url("/"),
                            "--messages",
                            "1",
                            "--option",
                            "message.record=");
            assertThat(insisting.exitCode()).isEqualTo(ProbeCommand.OK);
            assertThat(insisting.out()).contains("  msg STRING,\n");
        }
    }

    @Test
    void keepsWhatTheUserSays() throws Exception {
        String message = "{\"data\":{\"a\":1,\"b\":2},\"at\":\"25.02.2026 06:13\"}";
        try (ScriptedServer server = ScriptedServer.sending(Frame.text(message))) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/"),
                            "--messages",
                            "1",
                            "--option",
                            "message.record=",
                            "--option",
                            "message.event-time=/at",
                            "--option",
                            "message.event-time-format=dd.MM.yyyy HH:mm",
                            "--option",
                            "error-policy=skip");
            assertThat(run.out())
                    .contains("  data ROW<a BIGINT, b BIGINT>,\n  `at` STRING,\n")
                    .containsOnlyOnce("'message.record' = ''")
                    .containsOnlyOnce("'message.event-time' = '/at'")
                    .containsOnlyOnce("'error-policy' = 'skip'");
        }
    }

    @Test
    void showsNoSecretAnywhere() throws Exception {
        String secret = "TOP-SECRET-";
        try (LogCapture log = new LogCapture();
                ScriptedServer server =
                        ScriptedServer.start(
                                peer -> {
                                    String login = peer.accept().read(Frame.TEXT).text();
                                    String seen = peer.request().replace("\r\n", " ");
                                    peer.sendText(
                                                    "{\"echo\":\""
                                                            + seen.replace("\"", "'")
                                                            + "\",\"sent\":"
                                                            + login
                                                            + "}")
                                            .awaitEnd();
                                })) {
            ProbeRun run =
                    new ProbeRun(
                            "--url",
                            server.url("/v1?streams=btc&token=" + secret + "1"),
                            "--messages",
                            "1",
                            "--open-message",
                            "{\"op\":\"auth\",\"key\":\""
                                    + secret
                                    + "2\",\"args\":[\""
                                    + secret
                                    + "3\"]}",
                            "--option",
                            "auth.token=" + secret + "4",
                            "--option",
                            "http-headers.X-Api-Key=" + secret + "5",
                            "--option",
                            "http-headers.Origin=https://me.example");
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .doesNotContain(secret)
                    .contains("/v1?streams=btc&token=<secret>'")
                    .contains(
                            "'open-messages' ="
                                    + " '{\"op\":\"auth\",\"key\":\"<secret>\",\"args\":\"<secret>\"}'")
                    .contains("'auth.token' = '<secret>'")
                    .contains("'http-headers.X-Api-Key' = '<secret>'")
                    .contains("'http-headers.Origin' = 'https://me.example'")
                    .contains("-- put your secrets in the place of <secret>");
            assertThat(String.join("\n", log.lines())).doesNotContain(secret);
        }
    }

    @Test
    void showsNoSecretInErrors() throws Exception {
        ProbeRun usage =
                new ProbeRun(
                        "--url",
                        "wss://user:TOP-SECRET-1@feed.example/ bad",
                        "--option",
                        "auth.password=TOP-SECRET-2",
                        "--option",
                        "http-headers=TOP-SECRET-3");
        assertThat(usage.exitCode()).isEqualTo(ProbeCommand.WRONG_USAGE);
        assertThat(usage.err()).startsWith("probe: ").doesNotContain("TOP-SECRET");
        ProbeRun refused =
                refused("401 No", "bad token TOP-SECRET-4", "--option", "auth.token=TOP-SECRET-4");
        assertThat(refused.err()).contains("bad token <secret>").doesNotContain("TOP-SECRET");
    }

    @Test
    void refusesAWrongCommandLine() throws Exception {
        ProbeRun run = new ProbeRun("--url", "http://feed.example");
        assertThat(run.exitCode()).isEqualTo(ProbeCommand.WRONG_USAGE);
        assertThat(run.err()).contains("'url'").contains("its scheme must be 'ws' or 'wss'");
    }

    @Test
    void asksForTheSchemeThatIsMissing() throws Exception {
        ProbeRun run = new ProbeRun("--url", "user:pass@localhost:8765");
        assertThat(run.exitCode()).isEqualTo(ProbeCommand.WRONG_USAGE);
        assertThat(run.err()).contains("--url needs ws:// or wss://").doesNotContain("pass");
    }

    @Test
    void saysWhichSchemeMayBeMeant() throws Exception {
        try (ScriptedServer plain = ScriptedServer.start(peer -> peer.awaitEof())) {
            String url = plain.url("/").replace("ws:", "wss:");
            ProbeRun run = new ProbeRun("--url", url, "--option", "connect-timeout=300 ms");
            assertThat(run.exitCode()).isEqualTo(ProbeCommand.NOT_CONNECTED);
            assertThat(run.err()).contains("another protocol: ws:// instead of wss://?");
        }
    }

    @Test
    void sketchesHowToContinueAfterWhatLooksLikeAPosition() throws Exception {
        String[] messages = {"{\"seq\":1,\"p\":2}", "{\"seq\":2,\"p\":2}"};
        try (ScriptedServer server =
                ScriptedServer.start(
                        peer -> {
                            peer.accept().send(Frame.text(messages[0]), Frame.text(messages[1]));
                            peer.awaitEnd();
                        })) {
            String url = server.url("/");
            assertThat(new ProbeRun("--url", url, "--messages", "2").out())
                    .contains("-- guess: /seq looks like a position.")
                    .contains("--   'position.pointer' = '/seq',\n")
                    .contains("--   'initial-url' = what 'url' is now")
                    .doesNotContain("\n  'position.pointer'");
            assertThat(
                            new ProbeRun(
                                            "--url",
                                            url,
                                            "--messages",
                                            "2",
                                            "--open-message",
                                            "{\"op\":\"subscribe\"}")
                                    .out())
                    .contains("--   'initial-open-messages' = what 'open-messages' is now, and\n")
                    .contains("--   'open-messages' with ${position}");
        }
    }

    @Test
    void helps() throws Exception {
        ProbeRun run = new ProbeRun("--help");
        assertThat(run.exitCode()).isEqualTo(ProbeCommand.OK);
        assertThat(run.out()).startsWith("Usage: ./probe --url URL").contains("Exit codes: 0");
    }
}
