package io.github.flinkwebsocket.probe;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.probe.analysis.FeedAnalysis;
import io.github.flinkwebsocket.probe.analysis.FeedAnalyzer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The command line of {@code ./probe}; see {@code help.txt}. Needs no cluster. Runs on the main
 * thread.
 */
@Internal
public final class ProbeCommand {

    static final int OK = 0;
    static final int NO_DATA = 1;
    static final int WRONG_USAGE = 2;
    static final int NOT_CONNECTED = 3;

    private final PrintStream out;
    private final PrintStream err;

    ProbeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new ProbeCommand(out, err).run(args));
    }

    /** Runs the probe and returns its exit code. */
    int run(String... args) throws IOException, InterruptedException {
        Secrets secrets = new Secrets();
        ProbeArguments arguments;
        Configuration options;
        Feed feed;
        try {
            arguments = ProbeArguments.parse(args);
            if (arguments.help()) {
                out.print(help());
                return OK;
            }
            learn(arguments, secrets);
            options = arguments.configuration();
            feed = Feed.of(options);
        } catch (IllegalArgumentException e) {
            err.println("probe: " + secrets.redact(String.valueOf(e.getMessage())));
            return WRONG_USAGE;
        }
        Capture capture = new Capture(feed, arguments.messages());
        capture.run(arguments.seconds());
        if (!capture.isOpened()) {
            tell(Diagnosis.notOpened(feed, capture.termination()), secrets);
            return NOT_CONNECTED;
        }
        if (capture.messages().isEmpty()) {
            tell(Diagnosis.noData(capture, arguments), secrets);
            return NO_DATA;
        }
        FeedAnalysis analysis = FeedAnalyzer.analyze(options, capture.messages());
        Report report = new Report(arguments, secrets).seen(capture);
        if (analysis.onlyControls()) {
            err.print(report.text());
            tell(Diagnosis.noData(capture, arguments), secrets);
            return NO_DATA;
        }
        String statement = new TableStatement(arguments, analysis, secrets).write();
        report.found(analysis);
        if (statement.contains(Secrets.PLACEHOLDER)) {
            report.add("put your secrets in the place of %s", Secrets.PLACEHOLDER);
        }
        out.print(report.text() + statement);
        return OK;
    }

    /** Makes the secrets known before anything is said that may contain them. */
    private static void learn(ProbeArguments arguments, Secrets secrets) {
        secrets.url(arguments.url());
        arguments.openMessages().forEach(secrets::message);
        arguments.options().forEach(secrets::option);
    }

    private void tell(Diagnosis diagnosis, Secrets secrets) {
        err.println("probe: " + secrets.redact(diagnosis.problem()));
        err.println("probe: hint: " + secrets.redact(diagnosis.hint()));
    }

    private static String help() throws IOException {
        try (InputStream in = ProbeCommand.class.getResourceAsStream("help.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
