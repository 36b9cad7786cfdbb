package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.feed.ReconnectSettings;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Feeds;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link Backoff}: the limits it draws from, and when it gives up. */
class BackoffTest {

    @Test
    void doublesTheLimitWithEveryFailureUpToTheLongestWait() {
        Backoff backoff = new Backoff(settings(100, 1_000, null), limit -> limit);
        List<Long> limits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            limits.add(backoff.failed());
        }
        assertThat(limits).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void doesNotOverflowHoweverOftenItFails() {
        Backoff backoff = new Backoff(settings(1, Long.MAX_VALUE / 1_000_000, null), l -> l);
        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.failed()).isBetween(1L, Long.MAX_VALUE / 1_000_000);
        }
    }

    @Test
    void waitsWhatIsDrawn() {
        Backoff backoff = new Backoff(settings(100, 1_000, null), limit -> limit / 4);
        assertThat(backoff.failed()).isEqualTo(25);
    }

    @Test
    void aGoodConnectionEarnsAnAttemptAtOnceAndANewBeginning() {
        Backoff backoff = new Backoff(settings(100, 1_000, null), limit -> limit);
        backoff.failed();
        backoff.failed();
        assertThat(backoff.good()).isZero();
        assertThat(backoff.failuresInARow()).isZero();
        assertThat(backoff.failed()).isEqualTo(100);
    }

    @Test
    void connectionsThatEndEarlyWithRecordsFollowEachOtherNoFasterThanStableOnesWould() {
        Backoff backoff = new Backoff(settings(100, 1_000, null), limit -> limit);
        assertThat(backoff.broughtRecords(0)).isEqualTo(100);
        assertThat(backoff.broughtRecords(0)).isEqualTo(10_000);
        assertThat(backoff.broughtRecords(9_000)).isEqualTo(1_000);
        assertThat(backoff.broughtRecords(9_999)).isEqualTo(100);
        backoff.good();
        assertThat(backoff.broughtRecords(0)).isEqualTo(100);
    }

    @Test
    void recordsEndTheRowButNotTheDoubling() {
        Backoff backoff = new Backoff(settings(100, 1_000, 2), limit -> limit);
        backoff.failed();
        backoff.broughtRecords(0);
        assertThat(backoff.failed()).isEqualTo(200);
        assertThat(backoff.isExhausted()).isFalse();
    }

    @Test
    void isExhaustedAfterTheLastAttemptOnly() {
        Backoff backoff = new Backoff(settings(1, 1, 2), limit -> limit);
        backoff.failed();
        assertThat(backoff.isExhausted()).isFalse();
        backoff.failed();
        assertThat(backoff.isExhausted()).isTrue();
        backoff.good();
        assertThat(backoff.isExhausted()).isFalse();
    }

    private static ReconnectSettings settings(long initial, long longest, Integer attempts) {
        return Feeds.of(
                        "ws://localhost/",
                        o -> {
                            o.set(
                                    WebSocketOptions.RECONNECT_INITIAL_BACKOFF,
                                    Duration.ofMillis(initial));
                            o.set(
                                    WebSocketOptions.RECONNECT_MAX_BACKOFF,
                                    Duration.ofMillis(longest));
                            if (attempts != null) {
                                o.set(WebSocketOptions.RECONNECT_MAX_ATTEMPTS, attempts);
                            }
                        })
                .reconnect();
    }
}
