package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;
import io.github.flinkwebsocket.position.PositionExtractor;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketSourceBuilderTest {

    @Test
    void urlAndDeserializerAreEnough() throws Exception {
        WebSocketSource<String> source = builder().build();

        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(source.getProducedType()).isEqualTo(Types.STRING);
        assertThat(InstantiationUtil.clone(source).getProducedType()).isEqualTo(Types.STRING);
    }

    @Test
    void boundMakesItBounded() {
        assertThat(
                        builder()
                                .setOption(WebSocketOptions.BOUNDED_MESSAGES, 1L)
                                .build()
                                .getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void missingUrlIsRefused() {
        assertThatThrownBy(() -> WebSocketSource.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'url'");
    }

    @Test
    void missingDeserializerIsRefused() {
        assertThatThrownBy(() -> WebSocketSource.builder().setUrls("ws://a.example/").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The deserializer is missing; set one with setDeserializer().");
    }

    @Test
    void deserializerThatIsNotSerializableIsRefused() {
        assertThatThrownBy(() -> builder().setDeserializer(new NotSerializable()).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The deserializer " + NotSerializable.class.getName())
                .hasMessageContaining("is not serializable");
    }

    @Test
    void positionExtractorThatIsNotSerializableIsRefused() {
        Object captured = new Object();
        PositionExtractor extractor = message -> captured.toString();
        assertThatThrownBy(
                        () ->
                                builder()
                                        .addOpenMessage("${position}")
                                        .addInitialOpenMessage("start")
                                        .setPositionExtractor(extractor)
                                        .build())
                .hasMessageContaining("The position extractor")
                .hasMessageContaining("is not serializable");
    }

    @Test
    void positionWithoutExtractorIsRefused() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .addOpenMessage("${position}")
                                        .addInitialOpenMessage("start")
                                        .build())
                .hasMessageContaining("nothing says where the position is");
    }

    @Test
    void extractorWithoutUseIsRefused() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .setPositionExtractor(PositionExtractor.jsonPointer("/id"))
                                        .build())
                .hasMessageContaining("nothing could be resumed");
    }

    @Test
    void emitNeedsASchemaThatTakesErrors() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .setOption(WebSocketOptions.ERROR_POLICY, ErrorPolicy.EMIT)
                                        .build())
                .hasMessageContaining("The option 'error-policy' has the value 'emit'")
                .hasMessageContaining("ErrorEmittingDeserializationSchema");
    }

    @Test
    void optionOfSomethingElseIsRefused() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .setOption(
                                                ConfigOptions.key("topic")
                                                        .stringType()
                                                        .noDefaultValue(),
                                                "x"))
                .hasMessage("'topic' is not an option of the WebSocket connector.");
    }

    @Test
    void positionPointerTakesTheRoleOfAnExtractor() {
        assertThat(withPosition("/seq").build().feed().positionPointer()).isEqualTo("/seq");
    }

    @Test
    void positionPointerAndExtractorContradictEachOther() {
        assertThatThrownBy(
                        () ->
                                withPosition("/seq")
                                        .setPositionExtractor(PositionExtractor.jsonPointer("/n"))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'position.pointer' has the value '/seq'")
                .hasMessageContaining("position extractor");
    }

    @Test
    void positionPointerMustBeAPointer() {
        assertThatThrownBy(() -> withPosition("seq").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'position.pointer' has the value 'seq'")
                .hasMessageContaining("begins with '/'");
    }

    @Test
    void positionPointerWithoutUseIsRefused() {
        assertThatThrownBy(
                        () ->
                                builder()
                                        .setOption(WebSocketOptions.POSITION_POINTER, "/seq")
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'position.pointer' has the value '/seq'")
                .hasMessageContaining("without ${position}");
    }

    private static WebSocketSourceBuilder<String> withPosition(String pointer) {
        return builder()
                .addOpenMessage("${position}")
                .addInitialOpenMessage("start")
                .setOption(WebSocketOptions.POSITION_POINTER, pointer);
    }

    @Test
    void recordLimitMakesItBounded() {
        assertThat(builder().setRecordLimit(1).build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
        assertThatThrownBy(() -> builder().setRecordLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The limit must be at least 1, but is 0.");
    }

    @Test
    void openMessagesAddUp() {
        WebSocketSourceBuilder<String> builder = builder().addOpenMessage("a").addOpenMessage("b");
        Configuration more = new Configuration();
        more.set(WebSocketOptions.BOUNDED_MESSAGES, 7L);
        // Options from elsewhere replace only what they name.
        WebSocketSource<String> source = builder.setOptions(more).build();
        assertThat(source.getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(source.feed().openMessages(null)).containsExactly("a", "b");
    }

    @Test
    void lineageNamesTheEndpointsWithoutSecrets() {
        List<LineageDataset> datasets =
                builder()
                        .setUrls("wss://u:s3cret@a.example/x?token=s3cret", "ws://b.example/")
                        .build()
                        .getLineageVertex()
                        .datasets();

        assertThat(datasets)
                .extracting(LineageDataset::namespace)
                .containsExactly("wss://***@a.example/x?***", "ws://b.example/");
        assertThat(datasets).extracting(LineageDataset::name).doesNotHaveDuplicates();
    }

    @Test
    void lineageTellsWhichFeedTheEndpointsBelongTo() {
        assertThat(feedsInLineage(builder().setId("market"))).containsExactly("market");
        assertThat(feedsInLineage(builder().setUrls("ws://a.example/", "ws://b.example/")))
                .allMatch(id -> id.matches("a\\.example-[0-9a-f]{8}-and-1-more"))
                .hasSize(2);
    }

    private static List<String> feedsInLineage(WebSocketSourceBuilder<String> builder) {
        return builder.build().getLineageVertex().datasets().stream()
                .map(dataset -> (FeedLineageVertex.FeedFacet) dataset.facets().get("feed"))
                .map(FeedLineageVertex.FeedFacet::getId)
                .collect(Collectors.toList());
    }

    @Test
    void showsNoSecrets() {
        assertThat(builder().setUrls("wss://u:s3cret@a.example/x?token=s3cret").build().toString())
                .contains("a.example/x")
                .doesNotContain("s3cret");
    }

    private static WebSocketSourceBuilder<String> builder() {
        return WebSocketSource.<String>builder()
                .setUrls("ws://a.example/")
                .setDeserializer(WebSocketDeserializationSchema.text());
    }

    private static final class NotSerializable implements WebSocketDeserializationSchema<String> {

        @SuppressWarnings("unused") // makes the schema not serializable
        private final Object field = new Object();

        @Override
        public void deserialize(WebSocketMessage message, Collector<String> out) {}

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
