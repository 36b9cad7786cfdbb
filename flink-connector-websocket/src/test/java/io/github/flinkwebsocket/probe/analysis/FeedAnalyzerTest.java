package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the probe says of the times of a feed. */
class FeedAnalyzerTest {

    private static final String STATUS = "[{\"ev\":\"status\",\"status\":\"connected\"}]";

    private final Configuration given =
            new Configuration().set(WebSocketOptions.URL, List.of("ws://feed.example/"));

    @Test
    void watermarkStaysTwiceTheLargestDisorderBehind() {
        FeedAnalysis analysis =
                analyze(trade(1772000010), trade(1772000003), trade(1772000012), trade(1772000011));

        assertThat(analysis.watermarkSeconds()).isEqualTo(14);
        assertThat(analysis.guesses())
                .anyMatch(guess -> guess.endsWith("; the largest disorder seen was 7000 ms"));
    }

    @Test
    void disorderIsThatOfAllRecordsOfAMessage() {
        String two = "[{\"ev\":\"T\",\"t\":1772000020000},{\"ev\":\"T\",\"t\":1772000000000}]";

        assertThat(analyze(two, two).watermarkSeconds()).isEqualTo(40);
    }

    @Test
    void disorderIsToldOfAnEventTimeThatIsGiven() {
        given.set(WebSocketOptions.MESSAGE_RECORD, "/*");
        given.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/*/t");
        given.set(WebSocketOptions.MESSAGE_EVENT_TIME_FORMAT, "epoch-millis");
        FeedAnalysis analysis = analyze(trade(1772000010), trade(1772000000));

        assertThat(analysis.watermarkSeconds()).isEqualTo(20);
        assertThat(analysis.guesses()).contains("the largest disorder seen was 10000 ms");
    }

    @Test
    void recordsWithoutATimeAreToldAndDoNotCountForTheWatermark() {
        FeedAnalysis analysis =
                analyze(STATUS, trade(1772000001), STATUS, trade(1772000002), trade(1772000003));

        assertThat(analysis.watermarkSeconds()).isEqualTo(5);
        assertThat(analysis.guesses())
                .anyMatch(guess -> guess.endsWith("; the largest disorder seen was 0 ms"))
                .contains(
                        "2 records of 5 had no event time; such a record takes that of the record"
                                + " before it");
    }

    private FeedAnalysis analyze(String... messages) {
        return FeedAnalyzer.analyze(
                given, Arrays.stream(messages).map(Transcript::text).collect(Collectors.toList()));
    }

    private static String trade(long seconds) {
        return "[{\"ev\":\"T\",\"sym\":\"A\",\"t\":" + seconds + "000}]";
    }
}
