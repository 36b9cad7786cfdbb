package io.github.flinkwebsocket.examples;

import io.github.flinkwebsocket.feed.Count;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

import javax.annotation.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One job on a Flink cluster in this JVM, with the web UI: prints the records of a stream, a line
 * for every reconnect, and a summary at the end.
 */
final class LocalJob {

    private static final int FIRST_UI_PORT = 8081;
    private static final int LAST_UI_PORT = 8180;
    private static final int WATCH_MILLIS = 20;
    private static final int END_SECONDS = 10;

    /** How many attempts in vain, before there was any connection, are enough. */
    private static final int FIRST_ATTEMPTS = 3;

    /** How long an open connection may bring nothing before a word is said. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final DemoConsole console;
    private final int uiPort;
    private final FeedMetrics metrics;
    private final StreamExecutionEnvironment env;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Set when we end the job: what fails from then on is no failure. */
    private volatile boolean stopping;

    /** Set when the JVM is asked to end. */
    private volatile boolean interrupted;

    private volatile boolean everOpen;

    private volatile String lastFailure = "";

    private int seconds;

    LocalJob(DemoConsole console) throws IOException {
        this.console = console;
        this.uiPort = freePort();
        Configuration cluster = new Configuration();
        cluster.setString(RestOptions.ADDRESS.key(), "127.0.0.1");
        cluster.setString(RestOptions.BIND_ADDRESS.key(), "127.0.0.1");
        cluster.setString(RestOptions.PORT.key(), String.valueOf(uiPort));
        cluster.setString("metrics.fetcher.update-interval", "1 s");
        // A job that fails is to say why, once.
        cluster.setString("restart-strategy.type", "none");
        // There is nobody to log in to; Flink would warn of it at every start.
        cluster.setString("security.delegation.tokens.enabled", "false");
        metrics = FeedMetrics.reportedBy(cluster);
        env = StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(cluster);
        env.setParallelism(2);
    }

    private static int freePort() throws IOException {
        for (int port = FIRST_UI_PORT; port <= LAST_UI_PORT; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IOException(
                "no free port for the web UI from " + FIRST_UI_PORT + " to " + LAST_UI_PORT);
    }

    /** Where the job is to be described. */
    StreamExecutionEnvironment env() {
        return env;
    }

    /** Lets jobs that are shown from now on end after so many seconds; 0 for never. */
    void endAfter(int newSeconds) {
        seconds = newSeconds;
    }

    String webUi() {
        return "http://localhost:" + uiPort;
    }

    /**
     * Runs the job to its end, or until the JVM is asked to end.
     *
     * @param uri where the source connects
     * @throws IOException if there was never a connection
     */
    <T> void show(String name, DataStream<T> records, URI uri) throws Exception {
        CloseableIterator<T> iterator = records.collectAsync();
        show(env.executeAsync(name), iterator, uri);
    }

    /**
     * The same with a job that has been started.
     *
     * @param uri where the source connects, or null if there are several
     */
    <T> void show(JobClient job, CloseableIterator<T> iterator, @Nullable URI uri)
            throws Exception {
        Thread watcher = new Thread(() -> watch(job), "demo-watcher");
        watcher.setDaemon(true);
        watcher.start();
        Thread hook = new Thread(() -> stopAndWait(job), "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            print(job, iterator);
            if (!interrupted && !everOpen && metrics.records() == 0) {
                throw Diagnosis.unreachable(uri, lastFailure);
            }
            console.line(
                    "demo: %s, %s, %d dropped",
                    Count.of(metrics.records(), "record"),
                    Count.of(metrics.reconnects(), "reconnect"),
                    metrics.dropped());
        } finally {
            ended.countDown();
            if (!interrupted) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            watcher.join();
        }
    }

    private <T> void print(JobClient job, CloseableIterator<T> records) throws Exception {
        try {
            while (records.hasNext()) {
                console.row(records.next());
                if (console.isGone()) {
                    stop(job);
                }
            }
            job.getJobExecutionResult().get();
        } catch (Exception e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    /**
     * Prints a line for every reconnect, and one if nothing comes; ends the job when its time is
     * over or the first attempts all failed; once there was a connection, it may be away for any
     * time. Watcher thread.
     */
    private void watch(JobClient job) {
        Map<String, Long> seen = new HashMap<>();
        long start = System.nanoTime();
        Silence silence = new Silence(metrics, SILENT_NANOS);
        try {
            while (!ended.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                // A connection may be shorter than our sleep.
                everOpen |= metrics.isOpen() || metrics.reconnects() > 0;
                Set<String> splits = metrics.splits();
                boolean inVain = !everOpen && metrics.connects() > FIRST_ATTEMPTS * splits.size();
                if (inVain || isOver(start)) {
                    // Before our own end of the connection takes its place.
                    lastFailure = metrics.lastFailure();
                    stop(job);
                    return;
                }
                if (silence.begins(System.nanoTime())) {
                    showSilence();
                }
                for (String split : splits) {
                    long reconnects = metrics.reconnects(split);
                    if (reconnects > seen.getOrDefault(split, 0L)) {
                        seen.put(split, reconnects);
                        showReconnect(split);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(long start) {
        return seconds > 0 && System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds);
    }

    private void showSilence() {
        console.line(
                "%s  -- connected, but there is no record after %d s --",
                now(), TimeUnit.NANOSECONDS.toSeconds(SILENT_NANOS));
        console.line("          Most feeds want an open message that subscribes: --open-message.");
        console.line("          ./probe --url URL shows what the server sends.");
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault()).format(TIME);
    }

    private void showReconnect(String split) {
        console.line(
                "%s  -- connection lost (close code %d): reconnect %d --",
                now(), metrics.lastCloseCode(split), metrics.reconnects());
    }

    /** Cancels the job. */
    private void stop(JobClient job) {
        stopping = true;
        try {
            job.cancel().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            // It has ended by itself.
        }
    }

    /** For Ctrl-C: keeps the JVM until the summary is printed. */
    private void stopAndWait(JobClient job) {
        interrupted = true;
        stop(job);
        try {
            ended.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
