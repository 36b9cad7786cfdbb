package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is found out about well-known feeds. */
class TranscriptsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpaca|message.record=/* message.event-time=/*/t message.event-time-format=iso-8601"
                        + "|T STRING, S STRING, i BIGINT, x STRING, p DOUBLE, s BIGINT, c STRING, z STRING,"
                        + " t TIMESTAMP_LTZ(9), o DOUBLE, h DOUBLE, l DOUBLE, v BIGINT",
                "binance|message.record=/data message.event-time=/data/T message.event-time-format=epoch-millis"
                        + "|e STRING, E BIGINT, s STRING, t BIGINT, p DECIMAL(38, 18), q DECIMAL(38, 18),"
                        + " T BIGINT, m BOOLEAN, M BOOLEAN",
                "bitfinex|message.event-time=/2/1 message.event-time-format=epoch-millis|message STRING",
                "bitget|message.event-time=/ts message.event-time-format=epoch-millis error-policy=skip"
                        + "|action STRING, arg ROW<channel STRING, instId STRING>,"
                        + " data ARRAY<ARRAY<DECIMAL(38, 18)>>, ts BIGINT",
                "centrifugo|message.framing=lines message.record=/push/pub/data|v BIGINT",
                "coinbase|message.record=/events/*/trades/* message.event-time=/events/*/trades/*/time"
                        + " message.event-time-format=iso-8601"
                        + "|trade_id STRING, product_id STRING, price DECIMAL(38, 18),"
                        + " size DECIMAL(38, 18), time TIMESTAMP_LTZ(6), side STRING",
                "cryptocom|message.record=/result/data/* message.event-time=/result/data/*/t"
                        + " message.event-time-format=epoch-millis"
                        + "|d STRING, t BIGINT, q DECIMAL(38, 18), p DECIMAL(38, 18), s STRING",
                "deribit|message.record=/params/data/* message.event-time=/params/data/*/timestamp"
                        + " message.event-time-format=epoch-millis"
                        + "|type STRING, timestamp BIGINT, instrument_name STRING, change_id BIGINT,"
                        + " bids ARRAY<ARRAY<STRING>>, asks ARRAY<ARRAY<STRING>>, trade_seq BIGINT,"
                        + " trade_id STRING, price DOUBLE, amount DOUBLE, direction STRING,"
                        + " prev_change_id BIGINT",
                "dydx|message.record=/contents/*/trades/* message.event-time=/contents/*/trades/*/createdAt"
                        + " message.event-time-format=iso-8601"
                        + "|id STRING, side STRING, size DECIMAL(38, 18), price DECIMAL(38, 18),"
                        + " createdAt TIMESTAMP_LTZ(3)",
                "graphql|message.record=/payload/data/ev_stream/*|id BIGINT, v BIGINT",
                "htx|message.compression=gzip message.record=/tick/data/* message.event-time=/tick/data/*/ts"
                        + " message.event-time-format=epoch-millis"
                        + "|id DECIMAL(38, 0), ts BIGINT, tradeId BIGINT, amount DOUBLE, price DOUBLE,"
                        + " direction STRING",
                "jetstream|message.event-time=/time_us message.event-time-format=epoch-micros"
                        + "|did STRING, time_us BIGINT, cursor BIGINT, kind STRING, commit ROW<rev STRING,"
                        + " operation STRING, collection STRING, rkey STRING, record ROW<`$type` STRING,"
                        + " createdAt TIMESTAMP_LTZ(3), text STRING>, cid STRING>, identity ROW<did STRING,"
                        + " handle STRING, seq BIGINT, `time` TIMESTAMP_LTZ(3)>",
                "loki|message.record=/streams/* message.event-time=/streams/*/values/0/0"
                        + " message.event-time-format=epoch-nanos"
                        + "|stream ROW<app STRING, level STRING>, values ARRAY<ARRAY<STRING>>",
                "nostr|message.record=/2 message.event-time=/2/created_at"
                        + " message.event-time-format=epoch-seconds error-policy=skip"
                        + "|id STRING, pubkey STRING, created_at BIGINT, kind BIGINT,"
                        + " tags ARRAY<ARRAY<STRING>>, content STRING, sig STRING",
                "okx|message.record=/data/* message.event-time=/data/*/ts"
                        + " message.event-time-format=epoch-millis error-policy=skip"
                        + "|asks ARRAY<ARRAY<DECIMAL(38, 18)>>, bids ARRAY<ARRAY<DECIMAL(38, 18)>>,"
                        + " ts STRING, seqId BIGINT, prevSeqId BIGINT",
                "polymarket|message.record=/changes/* message.event-time=/timestamp"
                        + " message.event-time-format=epoch-millis error-policy=skip"
                        + "|price DECIMAL(38, 18), side STRING, size STRING",
                "pulsar|message.record=/payload message.unwrap=base64 message.event-time=/publishTime"
                        + " message.event-time-format=iso-8601|message STRING",
                "pulsar-json|message.record=/payload message.unwrap=base64 message.event-time=/payload/ts"
                        + " message.event-time-format=epoch-seconds|id BIGINT, ts BIGINT, temp DOUBLE",
                "pusher|message.record=/data message.unwrap=json-string"
                        + " message.event-time=/data/microtimestamp message.event-time-format=epoch-micros"
                        + "|id BIGINT, price_str DECIMAL(38, 18), microtimestamp STRING",
                "signalr|message.framing=separator message.separator=\\u001e message.record=/arguments/*"
                        + "|v BIGINT"
            })
    void feedIsUnderstood(String name, String options, String columns) {
        FeedAnalysis analysis = analyze(name);
        assertThat(join(analysis.options(), "=", " ")).isEqualTo(options);
        assertThat(join(analysis.columns(), " ", ", ")).isEqualTo(columns);
        assertThat(analysis.onlyControls()).isFalse();
        assertThat(analysis.eventTimeFound()).isEqualTo(options.contains("event-time"));
        assertThat(analysis.formatOptions())
                .containsEntry("format", columns.startsWith("message ") ? "raw" : "json");
        assertThat(analysis.formatOptions().containsKey("json.timestamp-format.standard"))
                .isEqualTo(columns.contains("TIMESTAMP"));
    }

    @Test
    void controlMessagesAreCountedByWhatShowsThem() {
        assertThat(analyze("coinbase").controls())
                .isEqualTo(Map.of("channel = subscriptions", 1, "channel = heartbeats", 1));
        assertThat(analyze("deribit").controls())
                .isEqualTo(Map.of("id and result", 3, "method = heartbeat", 2));
    }

    @Test
    void textThatIsNoJsonIsNoRecord() {
        assertThat(analyze("bitget").records()).isEqualTo(3);
        assertThat(analyze("okx").records()).isEqualTo(2);
    }

    @Test
    void guessesAreTold() {
        assertThat(analyze("alpaca").guesses())
                .contains(
                        "some records are of control messages (T = subscription, T = success); leave"
                                + " them out with WHERE S IS NOT NULL");
        assertThat(analyze("htx").guesses())
                .contains(
                        "a record is what is at /tick/data/*; left out of its envelope: ch, ts, id, ts");
        assertThat(analyze("polymarket").guesses())
                .contains(
                        "1 message that looks like data has no record there and gives no row:"
                                + " [{\"event_type\":\"book\",\"asset_id\":\"65\",\"bids\":[{\"price\":\".48\","
                                + "\"size\":\"30\"}],\"asks\":[{\"price\":\".52\",\"s...",
                        "what can't be read is skipped (1 so far), such as: 'PONG'");
        assertThat(analyze("bitfinex").guesses().get(0))
                .contains("the position says what a value is");
        assertThat(analyze("nostr").guesses())
                .contains(
                        "the event time is /2/created_at; the largest disorder seen was 180000 ms");
    }

    @Test
    void watermarkAllowsForTheDisorderSeenWithinLimits() {
        assertThat(analyze("binance").watermarkSeconds()).isEqualTo(5);
        assertThat(analyze("nostr").watermarkSeconds()).isEqualTo(60);
    }

    @Test
    void whatTheUserHasSetStays() {
        Configuration given = given();
        given.set(WebSocketOptions.MESSAGE_RECORD, "/data");
        given.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/E");
        FeedAnalysis analysis = FeedAnalyzer.analyze(given, Transcript.read("binance"));
        assertThat(analysis.options()).isEmpty();
        assertThat(analysis.columns()).containsEntry("p", "DECIMAL(38, 18)");
        assertThat(analysis.eventTimeFound()).isTrue();
    }

    @Test
    void bytesThatAreNoTextMakeOneColumn() {
        FeedAnalysis analysis =
                FeedAnalyzer.analyze(
                        given(),
                        List.of(Transcript.binary(new byte[] {(byte) 0x82, (byte) 0xA1, 1})));
        assertThat(analysis.formatOptions()).isEqualTo(Map.of("format", "raw"));
        assertThat(analysis.columns()).isEqualTo(Map.of("payload", "BYTES"));
        assertThat(analysis.options()).isEmpty();
        assertThat(analysis.guesses())
                .containsExactly(
                        "the messages are binary, and neither text nor compressed text: no format was"
                                + " found for them");
    }

    @Test
    void timesWithoutAZoneAreTold() {
        FeedAnalysis analysis =
                FeedAnalyzer.analyze(
                        given(), List.of(Transcript.text("{\"ts\":\"2026-02-25 06:13\",\"v\":1}")));
        assertThat(analysis.guesses())
                .containsExactly(
                        "the event time is /ts, read as UTC unless message.event-time-zone is set; the"
                                + " largest disorder seen was 0 ms");
    }

    @Test
    void placeInNestedArraysIsThatOfAValue() {
        FeedAnalysis analysis =
                FeedAnalyzer.analyze(
                        given(), List.of(Transcript.text("[[1772000000000,64000.1]]")));
        assertThat(analysis.guesses().get(0)).endsWith("JSON_VALUE(message, '$[0][0]')");
    }

    @Test
    void recordsWithCountlessFieldsAreText() {
        StringBuilder json = new StringBuilder("{\"f\":0");
        for (int i = 0; i < 400; i++) {
            json.append(",\"f").append(i).append("\":").append(i);
        }
        FeedAnalysis analysis = FeedAnalyzer.analyze(given(), List.of(Transcript.text(json + "}")));
        assertThat(analysis.columns()).isEqualTo(Map.of("message", "STRING"));
    }

    private static FeedAnalysis analyze(String name) {
        return FeedAnalyzer.analyze(given(), Transcript.read(name));
    }

    private static Configuration given() {
        Configuration given = new Configuration();
        given.set(WebSocketOptions.URL, List.of("wss://feed.example/"));
        return given;
    }

    private static String join(Map<String, String> map, String between, String separator) {
        return map.entrySet().stream()
                .map(e -> e.getKey() + between + e.getValue())
                .collect(Collectors.joining(separator));
    }
}
