package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.configuration.Configuration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static io.github.flinkwebsocket.testing.Messages.binary;
import static io.github.flinkwebsocket.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings of Logstash's websocket input that shape events, each with the whole event that
 * Logstash documents for it. Messages are received one second after the epoch.
 */
class LogstashBehaviourTest {

    private static final String RECEIVED = "'@timestamp':'1970-01-01T00:00:01.000Z','@version':'1'";

    @Test
    void withoutSettings() throws IOException {
        assertThat(events(text("{\"message\":\"hi\",\"n\":1}"), options -> {}))
                .containsExactly(json("{'message':'hi','n':1," + RECEIVED + "}"));
    }

    @Test
    void withoutSettingsATimestampIsKept() throws IOException {
        assertThat(events(text("{\"@timestamp\":\"2013-02-09T20:39:26.234Z\"}"), options -> {}))
                .containsExactly(json("{'@timestamp':'2013-02-09T20:39:26.234Z','@version':'1'}"));
    }

    @Test
    void withoutSettingsABadTimestampIsMoved() throws IOException {
        assertThat(events(text("{\"@timestamp\":\"soon\"}"), options -> {}))
                .containsExactly(
                        json(
                                "{'_@timestamp':'soon','tags':['_timestampparsefailure'],"
                                        + RECEIVED
                                        + "}"));
    }

    @Test
    void addField() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("foo_%{somefield}", "Hello world, from %{host}");
        fields.put("new_field", "%{[outer][inner]} on %{+yyyy.MM.dd}");
        fields.put("host", "second");
        assertThat(
                        events(
                                text(
                                        "{\"somefield\":\"x\",\"host\":\"h\",\"outer\":{\"inner\":\"i\"}}"),
                                options -> options.set(WebSocketOptions.ADD_FIELD, fields)))
                .containsExactly(
                        json(
                                "{'somefield':'x','host':['h','second'],'outer':{'inner':'i'},"
                                        + "'foo_x':'Hello world, from h','new_field':'i on 1970.01.01',"
                                        + RECEIVED
                                        + "}"));
    }

    @Test
    void tags() throws IOException {
        assertThat(
                        events(
                                text("{\"tags\":[\"b\"]}"),
                                o -> o.set(WebSocketOptions.TAGS, List.of("a", "b", "a"))))
                .containsExactly(json("{'tags':['b','a']," + RECEIVED + "}"));
    }

    @Test
    void type() throws IOException {
        assertThat(
                        events(
                                text("[{},{\"type\":\"own\"}]"),
                                options -> options.set(WebSocketOptions.TYPE, "feed")))
                .containsExactly(
                        json("{'type':'feed'," + RECEIVED + "}"),
                        json("{'type':'own'," + RECEIVED + "}"));
    }

    @Test
    void codecJson() throws IOException {
        assertThat(events("json", Map.of(), "[{\"a\":1},{\"a\":2}]"))
                .containsExactly(
                        json("{'a':1," + RECEIVED + "}"), json("{'a':2," + RECEIVED + "}"));
        assertThat(events("json", Map.of(), "oops"))
                .containsExactly(
                        json("{'message':'oops','tags':['_jsonparsefailure']," + RECEIVED + "}"));
    }

    @Test
    void codecJsonWithTarget() throws IOException {
        assertThat(events("json", Map.of("target", "doc"), "{\"a\":1}"))
                .containsExactly(json("{'doc':{'a':1}," + RECEIVED + "}"));
    }

    @Test
    void codecJsonLines() throws IOException {
        assertThat(events("json_lines", Map.of(), "{\"a\":1}\n{\"a\":2}\n"))
                .containsExactly(
                        json("{'a':1," + RECEIVED + "}"), json("{'a':2," + RECEIVED + "}"));
    }

    @Test
    void codecPlain() throws IOException {
        assertThat(events("plain", Map.of(), "a b"))
                .containsExactly(json("{'message':'a b'," + RECEIVED + "}"));
    }

    @Test
    void codecLine() throws IOException {
        assertThat(events("line", Map.of(), "a\nb\n"))
                .containsExactly(
                        json("{'message':'a'," + RECEIVED + "}"),
                        json("{'message':'b'," + RECEIVED + "}"));
    }

    @Test
    void codecMsgpack() throws IOException {
        MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
        packer.packMapHeader(1).packString("a").packInt(1);
        assertThat(toJson(Events.decode("msgpack", Map.of(), binary(packer.toByteArray()))))
                .containsExactly(json("{'a':1," + RECEIVED + "}"));
    }

    private static List<JsonNode> events(String codec, Map<String, String> settings, String message)
            throws IOException {
        return toJson(Events.decode(codec, settings, text(message)));
    }

    private static List<JsonNode> events(WebSocketMessage message, Consumer<Configuration> options)
            throws IOException {
        WebSocketDeserializationSchema<WebSocketEvent> schema =
                WebSocketEventSchema.json().withEnrichment(Events.settings(options));
        return toJson(Events.decode(schema, message, ErrorPolicy.EMIT));
    }

    private static List<JsonNode> toJson(List<WebSocketEvent> events) {
        List<JsonNode> json = new ArrayList<>();
        events.forEach(event -> json.add(event.toJson()));
        return json;
    }

    private static JsonNode json(String json) {
        return Events.json(json);
    }
}
