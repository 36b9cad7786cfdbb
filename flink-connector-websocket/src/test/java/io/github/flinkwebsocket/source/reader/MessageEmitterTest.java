package io.github.flinkwebsocket.source.reader;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.ErrorEmittingDeserializationSchema;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.metrics.ReaderMetrics;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.testing.Feeds;
import io.github.flinkwebsocket.testing.RecordingOutput;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;

import java.io.IOException;

import static io.github.flinkwebsocket.message.WebSocketMessage.NO_EVENT_TIME;
import static io.github.flinkwebsocket.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageEmitterTest {

    private final RecordingOutput<String> output = new RecordingOutput<>();
    private final Configuration options = new Configuration();
    private RecordEnricher<String> enricher;
    private final SourceReaderMetricGroup group =
            InternalSourceReaderMetricGroup.wrap(
                    UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup());

    @Test
    void oneMessageMayHoldManyRecordsOrNone() throws Exception {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.FAIL);
        emitter.emit(text("a,b,c"), NO_EVENT_TIME, output);
        emitter.emit(text(""), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a", "b", "c");
        assertThat(group.getIOMetricGroup().getNumRecordsInCounter().getCount()).isEqualTo(2);
        assertThat(group.getIOMetricGroup().getNumBytesInCounter().getCount()).isEqualTo(5);
    }

    @Test
    void receiveTimeIsTheTimestampUnlessTheSchemaGivesOne() throws Exception {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.FAIL);
        emitter.emit(text("a,@77"), NO_EVENT_TIME, output);
        assertThat(output.timestamps()).containsExactly(1000L, 77L);
    }

    @Test
    void failNamesTheMessageAndKeepsTheCause() {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.FAIL);
        assertThatThrownBy(() -> emitter.emit(text("a,bad"), NO_EVENT_TIME, output))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Could not decode message 1 on connection 1 of split 'split' (text, 5 bytes).")
                .hasRootCauseMessage("cannot decode");
    }

    @Test
    void failSaysHowToGetPastAMessageThatComesAgain() {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.FAIL, message -> "1");
        assertThatThrownBy(() -> emitter.emit(text("bad"), NO_EVENT_TIME, output))
                .hasMessage(
                        "Could not decode message 1 on connection 1 of split 'split' (text, 3 bytes)."
                                + " The feed has a position, so after each restart the server sends"
                                + " this message again; 'error-policy' = 'skip' or 'emit' gets past"
                                + " it.");
    }

    @Test
    void skipKeepsTheGoodRecordsOfTheMessageAndCounts() throws Exception {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.SKIP);
        emitter.emit(text("a,bad,b"), NO_EVENT_TIME, output);
        emitter.emit(text("c"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a", "c");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void uncheckedExceptionOfTheSchemaIsAnErrorOfTheMessage() throws Exception {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.SKIP);
        emitter.emit(text("unchecked"), NO_EVENT_TIME, output);
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void emitGivesErrorAndRawMessageToTheSchema() throws Exception {
        MessageEmitter<String> emitter = emitter(ErrorPolicy.EMIT);
        emitter.emit(text("a,bad"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a", "error: cannot decode in 'a,bad'");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void failureOfAnOperatorBehindTheSourceIsNeverSkipped() {
        for (ErrorPolicy policy : ErrorPolicy.values()) {
            MessageEmitter<String> emitter = emitter(policy);
            output.failWith(new IllegalStateException("downstream"));
            assertThatThrownBy(() -> emitter.emit(text("a"), NO_EVENT_TIME, output))
                    .as("%s", policy)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("downstream");
        }
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isZero();
    }

    @Test
    void positionIsThatOfTheMessage() throws Exception {
        MessageEmitter<String> emitter =
                emitter(ErrorPolicy.FAIL, message -> "after " + message.getText());
        assertThat(emitter.emit(text("a"), NO_EVENT_TIME, output)).isEqualTo("after a");
    }

    @Test
    void positionThatCannotBeReadIsAnErrorOfTheMessage() throws Exception {
        MessageEmitter<String> emitter =
                emitter(
                        ErrorPolicy.SKIP,
                        message -> {
                            throw new IOException("no position");
                        });
        assertThat(emitter.emit(text("a"), NO_EVENT_TIME, output)).isNull();
        assertThat(output.records()).containsExactly("a");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void messageWhosePositionAndRecordCannotBeReadIsOneError() throws Exception {
        PositionExtractor unreadable =
                message -> {
                    throw new IOException("no position");
                };
        emitter(ErrorPolicy.EMIT, unreadable).emit(text("a,bad"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a", "error: cannot decode in 'a,bad'");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void frameWhosePositionAndRecordsCannotBeReadIsOneError() throws Exception {
        options.set(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES);
        options.set(WebSocketOptions.MESSAGE_RECORD, "/*");
        emitter(ErrorPolicy.SKIP, PositionExtractor.jsonPointer("/n"))
                .emit(text("broken\n[1]\nbroken"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("1");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(2);
    }

    // ------------------------------------------------------------------- enrichment

    @Test
    void enricherSeesEveryRecordAndItsMessage() throws Exception {
        enricher = (record, message) -> record + " from " + message.getHost();
        emitter(ErrorPolicy.FAIL).emit(text("a,b"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a from feed.example", "b from feed.example");
    }

    @Test
    void recordThatCannotBeEnrichedIsAnErrorAndOthersOfItsMessageAreNot() throws Exception {
        enricher = MessageEmitterTest::enrichUnlessB;
        emitter(ErrorPolicy.SKIP).emit(text("a,b,c"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a!", "c!");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void failureOfTheEnricherFailsTheJobIfThatIsThePolicy() {
        enricher = MessageEmitterTest::enrichUnlessB;
        assertThatThrownBy(
                        () -> emitter(ErrorPolicy.FAIL).emit(text("a,b,c"), NO_EVENT_TIME, output))
                .hasMessageStartingWith("Could not decode message 1 on connection 1")
                .hasRootCauseMessage("no b");
        assertThat(output.records()).containsExactly("a!");
    }

    @Test
    void recordThatStandsForAFailureIsEnrichedIfItCanBe() throws Exception {
        enricher = MessageEmitterTest::enrichUnlessB;
        emitter(ErrorPolicy.EMIT).emit(text("a,b,c"), NO_EVENT_TIME, output);
        assertThat(output.records()).containsExactly("a!", "error: no b in 'a,b,c'!", "c!");
    }

    @Test
    void enricherMustNotReturnNull() {
        enricher = (record, message) -> null;
        assertThatThrownBy(() -> emitter(ErrorPolicy.FAIL).emit(text("a"), NO_EVENT_TIME, output))
                .hasRootCauseMessage("The enricher returned null.");
    }

    private static String enrichUnlessB(String record, WebSocketMessage message)
            throws IOException {
        if (record.equals("b")) {
            throw new IOException("no b");
        }
        return record + "!";
    }

    // ------------------------------------------------------------------- steps before decoding

    @Test
    void failedStepIsAnErrorLikeAnyOtherAndGoodRecordsAreKept() throws Exception {
        options.set(WebSocketOptions.MESSAGE_RECORD, "/*");
        emitter(ErrorPolicy.EMIT).emit(text("[1,bad"), NO_EVENT_TIME, output);
        assertThat(output.records()).hasSize(2).startsWith("1");
        assertThat(output.records().get(1)).startsWith("error: ").endsWith("in '[1,bad'");
        assertThat(group.getNumRecordsInErrorsCounter().getCount()).isEqualTo(1);
    }

    @Test
    void timestampIsTheEventTime() throws Exception {
        options.set(WebSocketOptions.MESSAGE_RECORD, "/r/*");
        options.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/t");
        emitter(ErrorPolicy.FAIL).emit(text("{\"r\":[1,2],\"t\":77}"), NO_EVENT_TIME, output);
        assertThat(output.timestamps()).containsExactly(77L, 77L);
    }

    @Test
    void recordWithoutAnEventTimeHasTheLastOneOfItsSplit() throws Exception {
        options.set(WebSocketOptions.MESSAGE_RECORD, "/*");
        options.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/*/t");
        MessageEmitter<String> emitter = emitter(ErrorPolicy.FAIL);
        emitter.emit(text("[{}]"), NO_EVENT_TIME, output);
        assertThat(emitter.lastEventTime()).isEqualTo(NO_EVENT_TIME);
        emitter.emit(text("[{\"t\":5},{}]"), NO_EVENT_TIME, output);
        assertThat(emitter.lastEventTime()).isEqualTo(5);
        emitter.emit(text("[{}]"), 77, output);
        assertThat(emitter.lastEventTime()).isEqualTo(77);
        assertThat(output.timestamps()).containsExactly(NO_EVENT_TIME, 5L, 5L, 77L);
    }

    @Test
    void recordThatStandsForAFailureHasTheLastEventTimeToo() throws Exception {
        options.set(WebSocketOptions.MESSAGE_RECORD, "/*");
        options.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/*/t");
        MessageEmitter<String> emitter = emitter(ErrorPolicy.EMIT);
        emitter.emit(text("broken"), NO_EVENT_TIME, output);
        emitter.emit(text("broken"), 77, output);
        assertThat(output.timestamps()).containsExactly(NO_EVENT_TIME, 77L);
    }

    private MessageEmitter<String> emitter(ErrorPolicy policy) {
        return emitter(policy, null);
    }

    private MessageEmitter<String> emitter(ErrorPolicy policy, PositionExtractor extractor) {
        options.set(WebSocketOptions.ERROR_POLICY, policy);
        Feed feed = Feeds.of("ws://feed.example", o -> o.addAll(options));
        ReaderMetrics metrics = new ReaderMetrics(group, feed, () -> 0, () -> 0, () -> 0);
        return new MessageEmitter<>(feed, new CommaSchema(), extractor, enricher, metrics);
    }

    /** Records are separated by commas; "bad" is none, "@n" has the timestamp n. */
    private static final class CommaSchema implements ErrorEmittingDeserializationSchema<String> {

        @Override
        public void deserialize(WebSocketMessage message, Collector<String> out)
                throws IOException {
            for (String part : message.getText().split(",", -1)) {
                if (part.equals("bad")) {
                    throw new IOException("cannot decode");
                }
                if (part.equals("unchecked")) {
                    throw new IllegalArgumentException("cannot decode");
                }
                if (!part.isEmpty()) {
                    out.collect(part);
                }
            }
        }

        @Override
        public long getTimestamp(String record, WebSocketMessage message) {
            return record.startsWith("@")
                    ? Long.parseLong(record.substring(1))
                    : message.getTimestamp();
        }

        @Override
        public void deserializeFailed(
                WebSocketMessage message, Exception error, Collector<String> out) {
            out.collect("error: " + error.getMessage() + " in '" + message.getText() + "'");
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
