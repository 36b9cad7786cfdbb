package io.github.flinkwebsocket.interop;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.session.ConnectLimiter;
import io.github.flinkwebsocket.session.ControlThread;
import io.github.flinkwebsocket.session.SessionStatus;
import io.github.flinkwebsocket.session.SplitPast;
import io.github.flinkwebsocket.session.SplitSessions;
import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.ExternalServer;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.NetworkNamespace;
import io.github.flinkwebsocket.testing.RecordingInbox;
import io.github.flinkwebsocket.testing.Threads;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A link on which packets vanish, so that neither side learns that the other is gone. */
@Timeout(120)
class HalfOpenLinkITCase {

    private static final long READ_TIMEOUT = 1000;
    private static final long CLOSE_TIMEOUT = 500;

    private final CompletableFuture<Throwable> bug = new CompletableFuture<>();
    private final RecordingInbox inbox = new RecordingInbox();
    private NetworkNamespace network;
    private ExternalServer server;
    private ControlThread scheduler;
    private SplitSessions split;

    @BeforeEach
    void connect() throws Exception {
        NodeServer.command("", 0, false);
        network = new NetworkNamespace();
        server =
                ExternalServer.start(
                        network.host(),
                        port -> network.inside(NodeServer.command(network.host(), port, false)));
        Feed feed =
                Feeds.of(
                        "ws://" + network.host() + ":" + server.port() + "/echo",
                        options -> {
                            options.set(WebSocketOptions.OPEN_MESSAGES, List.of("hello"));
                            options.set(WebSocketOptions.PING_INTERVAL, Duration.ofMillis(200));
                            options.set(
                                    WebSocketOptions.READ_TIMEOUT, Duration.ofMillis(READ_TIMEOUT));
                            options.set(
                                    WebSocketOptions.CLOSE_TIMEOUT,
                                    Duration.ofMillis(CLOSE_TIMEOUT));
                            options.set(WebSocketOptions.CONNECT_TIMEOUT, Duration.ofMillis(500));
                            options.set(
                                    WebSocketOptions.RECONNECT_INITIAL_BACKOFF,
                                    Duration.ofMillis(100));
                            options.set(
                                    WebSocketOptions.RECONNECT_MAX_BACKOFF, Duration.ofMillis(100));
                        });
        scheduler = new ControlThread("control-of-test", bug::complete);
        split =
                new SplitSessions(
                        feed,
                        feed.endpoints().get(0),
                        scheduler,
                        new ConnectLimiter(feed.connectRate(), 1),
                        inbox,
                        inbox.progress());
        split.start(new SplitPast(scheduler.epochMillis(), false, false, SplitPast.NO_TIME));
        awaitMessages(1);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        if (split != null) {
            split.close();
            split.abort();
            assertThat(split.awaitClosed(TimeUnit.SECONDS.toNanos(10))).isTrue();
        }
        if (scheduler != null) {
            scheduler.close();
        }
        if (server != null) {
            server.close();
        }
        if (network != null) {
            network.close();
        }
        Threads.awaitNoneOfConnections();
        assertThat(bug).isNotDone();
    }

    @Test
    void pongsKeepAnIdleLinkOpen() {
        server.awaitOutput("pinged", (int) (READ_TIMEOUT * 2 / 200));
        assertThat(split.status().connects()).isEqualTo(1);
        assertThat(split.status().state()).isEqualTo(SessionStatus.State.OPEN);
    }

    @Test
    void deadLinkIsNoticedInTimeAndTheSplitReconnectsWhenItCan() throws Exception {
        long start = System.nanoTime();
        network.cut();
        Await.until("the link is known to be dead", () -> split.status().connects() > 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        // The last pong came up to one ping earlier; then a wait of up to 100 ms.
        assertThat(millis).isBetween(READ_TIMEOUT - 300, READ_TIMEOUT + 2000);
        assertThat(split.status().lastCloseCode()).isEqualTo(1006);

        Await.until("two more attempts fail", () -> split.status().connects() > 3);
        assertThat(inbox.texts()).hasSize(1);
        network.mend();
        awaitMessages(2);
        Await.until(
                "the split is open again",
                () -> split.status().state() == SessionStatus.State.OPEN);
        assertThat(inbox.isEnded()).isFalse();
    }

    @Test
    void splitThatIsClosedDoesNotWaitForTheOtherSideForLong() throws Exception {
        network.cut();
        long start = System.nanoTime();
        split.close();
        assertThat(split.awaitClosed(TimeUnit.SECONDS.toNanos(20))).isTrue();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(millis).isBetween(CLOSE_TIMEOUT - 50, CLOSE_TIMEOUT + 3000);
    }

    private void awaitMessages(int count) {
        Await.until(count + " messages have come", () -> inbox.texts().size() >= count);
        assertThat(inbox.texts()).containsOnly("hello");
    }
}
