package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.testing.Await;
import io.github.flinkwebsocket.testing.Threads;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link ControlThread}. */
class ControlThreadTest {

    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    @Test
    void handsOverWhatATaskThrowsAndGoesOn() throws Exception {
        Error error = new AssertionError("bug");
        CountDownLatch ran = new CountDownLatch(1);
        try (ControlThread control = new ControlThread("control-test", failure::complete)) {
            control.execute(
                    () -> {
                        throw error;
                    });
            control.schedule(1, ran::countDown);
            assertThat(failure.get(30, TimeUnit.SECONDS)).isSameAs(error);
            assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void doesNotRunACancelledTask() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        try (ControlThread control = new ControlThread("control-test", failure::complete)) {
            control.execute(
                    () -> {
                        Scheduler.Timer timer =
                                control.schedule(
                                        0, () -> failure.complete(new AssertionError("ran")));
                        timer.cancel();
                        control.schedule(1, later::countDown);
                    });
            assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(failure).isNotDone();
        }
    }

    @Test
    void endsItsThreadWhenClosedAndIgnoresWhatComesLater() throws Exception {
        ControlThread control = new ControlThread("control-test", failure::complete);
        CountDownLatch ran = new CountDownLatch(1);
        control.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        control.close();
        Await.until("its thread is gone", () -> !Threads.isAlive("control-test"));
        control.execute(() -> failure.complete(new AssertionError("ran")));
        control.schedule(1, () -> failure.complete(new AssertionError("ran"))).cancel();
        assertThat(failure).isNotDone();
    }
}
