package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.feed.ErrorPolicy;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import static io.github.flinkwebsocket.message.event.Events.decode;
import static io.github.flinkwebsocket.message.event.Events.json;
import static io.github.flinkwebsocket.testing.Messages.binary;
import static io.github.flinkwebsocket.testing.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventCodecTest {

    // ------------------------------------------------------------------ json

    @Test
    void anObjectIsOneEvent() throws IOException {
        assertThat(fields("json", text("{\"a\":{\"b\":[1]}}")))
                .containsExactly(f("{'a':{'b':[1]}}"));
    }

    @Test
    void anArrayIsAnEventForEachElement() throws IOException {
        assertThat(fields("json", text("[{\"a\":1},{\"a\":2}]")))
                .containsExactly(f("{'a':1}"), f("{'a':2}"));
        assertThat(fields("json", text("[]"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void blankTextIsNoEvent(String blank) throws IOException {
        assertThat(fields("json", text(blank))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "\"text\"",
                "{\"a\":",
                "{\"a\":1} x",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":NaN}",
                "{\"a\":1e99999999999}",
                "{'a':1}",
                "[{\"a\":1},",
                "not json"
            })
    void anythingElseIsAnEventWithItsTextAndATag(String bad) throws IOException {
        assertThat(fields("json", text(bad))).containsExactly(failure(bad, "_jsonparsefailure"));
    }

    @Test
    void aBadElementDoesNotLoseTheGoodOnes() throws IOException {
        assertThat(fields("json", text("[{\"a\":1},7.50,{\"a\":2},[1]]")))
                .containsExactly(
                        f("{'a':1}"),
                        f("{'a':2}"),
                        failure("7.50", "_jsonparsefailure"),
                        failure("[1]", "_jsonparsefailure"));
    }

    @Test
    void skipDropsTheBadElementsOnlyAndFailTellsOfThem() throws IOException {
        WebSocketMessage message = text("[{\"a\":1},7,{\"a\":2},\"s3cret\"]");
        assertThat(decode(WebSocketEventSchema.json(), message, ErrorPolicy.SKIP)).hasSize(2);
        assertThatThrownBy(() -> decode(WebSocketEventSchema.json(), message, ErrorPolicy.FAIL))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The codec 'json' can't decode 2 parts of it; the first: a JSON NUMBER is no event.");
    }

    @Test
    void anErrorSaysWhereButDoesNotQuote() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        WebSocketEventSchema.json(),
                                        text("{\"token\":s3cret}"),
                                        ErrorPolicy.FAIL))
                .hasMessageStartingWith(
                        "The codec 'json' can't decode it: it is not valid JSON at line 1, column ")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void anErrorThatCodecsDidNotFindHasATagOfItsOwn() {
        List<WebSocketEvent> events = new ArrayList<>();
        WebSocketEventSchema.json()
                .deserializeFailed(
                        text("{}"), new IOException("no position"), new ListCollector<>(events));
        assertThat(events.get(0).getTags()).containsExactly("_messagefailure");
        assertThat(events.get(0).get("message").textValue()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567",
                "9223372036854775808",
                "0.1",
                "1.10",
                "1E+2",
                "1E-400",
                "1E+400",
                "123456789.123456789123456789123456789"
            })
    void numbersStayAsTheyAre(String number) throws IOException {
        assertThat(fields("json", text("{\"n\":" + number + "}")).get(0).toString())
                .isEqualTo("{\"n\":" + number + "}");
    }

    @Test
    void nestingIsLimited() throws IOException {
        String deep = "{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}";
        assertThat(decode("json", Map.of(), text(deep)).get(0).get("a")).isNotNull();
        // A target makes it deeper than what may be read; it can still be written.
        assertThat(decode("json", Map.of("target", "[x][y][z]"), text(deep)).get(0).toString())
                .contains(deep);
        String tooDeep = "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        assertThat(fields("json", text(tooDeep)))
                .containsExactly(failure(tooDeep, "_jsonparsefailure"));
    }

    @Test
    void namesMayBeAsLongAsMessages() throws IOException {
        String name = "x".repeat(1_000_000);
        assertThat(fields("json", text("{\"" + name + "\":1}")).get(0).has(name)).isTrue();
    }

    @Test
    void stringsMayBeAsLongAsMessages() throws IOException {
        String text = "x".repeat(21_000_000);
        assertThat(fields("json", text("{\"a\":\"" + text + "\"}")).get(0).get("a").textValue())
                .hasSize(text.length());
    }

    @Test
    void invalidBytesAreReplaced() throws IOException {
        byte[] bytes = "{\"a\":\"x?y\"}".getBytes(StandardCharsets.UTF_8);
        bytes[7] = (byte) 0xFF;
        assertThat(fields("json", binary(bytes))).containsExactly(f("{'a':'x\uFFFDy'}"));
    }

    @Test
    void aByteOrderMarkIsSkipped() throws IOException {
        assertThat(fields("json", text("\uFEFF{}"))).containsExactly(f("{}"));
    }

    // ------------------------------------------------------------------ json_lines

    @Test
    void jsonLinesAreEventsEach() throws IOException {
        assertThat(fields("json_lines", text("{\"a\":1}\r\n\n  \nbad\n[{\"a\":2},{\"a\":3}]")))
                .containsExactly(
                        f("{'a':1}"),
                        f("{'a':2}"),
                        f("{'a':3}"),
                        failure("bad", "_jsonparsefailure"));
    }

    // ------------------------------------------------------------------ plain and line

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\":1}", "a\nb"})
    void plainIsTheTextItself(String text) throws IOException {
        List<WebSocketEvent> events = decode("plain", Map.of(), text(text));
        assertThat(events).hasSize(1);
        assertThat(events.get(0).get("message").textValue()).isEqualTo(text);
    }

    @Test
    void linesAreEventsEach() throws IOException {
        assertThat(fields("line", text("a\n\nb\n")))
                .containsExactly(f("{'message':'a'}"), f("{'message':''}"), f("{'message':'b'}"));
        assertThat(fields("line", text("a\nb")))
                .containsExactly(f("{'message':'a'}"), f("{'message':'b'}"));
    }

    // ------------------------------------------------------------------ settings

    @ParameterizedTest
    @CsvSource({"json,doc", "json_lines,[doc]", "json,[a][b]"})
    void targetTakesWhatWasDecoded(String codec, String target) throws IOException {
        WebSocketEvent event =
                decode(codec, Map.of("target", target), text("{\"@timestamp\":\"bad\"}")).get(0);
        assertThat(event.get(target)).isEqualTo(json("{'@timestamp':'bad'}"));
        assertThat(event.getTimestamp()).isEqualTo(Events.RECEIVED);
        assertThat(event.getTags()).isEmpty();
    }

    @Test
    void targetTakesMsgpackToo() throws IOException {
        MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
        packer.packMapHeader(1).packString("a").packInt(1);
        assertThat(decode("msgpack", Map.of("target", "doc"), binary(packer.toByteArray())))
                .extracting(event -> event.get("doc"))
                .containsExactly(json("{'a':1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "json_lines", "plain", "line"})
    void charsetTellsHowToReadBytes(String codec) throws IOException {
        String message =
                codec.startsWith("json") ? "{\"message\":\"\u00e4\u20ac\"}" : "\u00e4\u20ac";
        for (String charset : List.of("CP1252", "UTF-16BE")) {
            assertThat(
                            decode(
                                            codec,
                                            Map.of("charset", charset),
                                            binary(message.getBytes(Charset.forName(charset))))
                                    .get(0)
                                    .get("message")
                                    .textValue())
                    .isEqualTo("\u00e4\u20ac");
        }
    }

    @Test
    void bytesWithoutCharsetAreAsciiOnly() throws IOException {
        assertThat(decode("plain", Map.of("charset", "BINARY"), binary(new byte[] {'a', -1})))
                .extracting(event -> event.get("message").textValue())
                .containsExactly("a\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json_lines", "line"})
    void delimiterEndsLines(String codec) throws IOException {
        assertThat(decode(codec, Map.of("delimiter", "||"), text("{}||{\n}||"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "line", "msgpack"})
    void formatIsAllowedAndDoesNothing(String codec) throws IOException {
        byte[] emptyMap = {(byte) 0x80};
        assertThat(decode(codec, Map.of("format", "%{message}"), binary(emptyMap)))
                .isEqualTo(decode(codec, Map.of(), binary(emptyMap)));
    }

    @Test
    void unknownCodecsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.named("avro", Map.of()))
                .withMessage(
                        "There is no codec 'avro'; there are json, json_lines, line, msgpack, plain.");
    }

    @ParameterizedTest
    @CsvSource({"json,delimiter", "json,format", "plain,target", "msgpack,charset", "line,x"})
    void unknownSettingsAreRefused(String codec, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.named(codec, Map.of(setting, "x")))
                .withMessageStartingWith(
                        "The codec '" + codec + "' has no setting '" + setting + "'; it has ")
                .withMessageContaining("ecs_compatibility");
    }

    @ParameterizedTest
    @CsvSource({
        "json,charset,UTF-9",
        "json,charset,''",
        "line,delimiter,''",
        "json,target,[a",
        "json,target,@timestamp",
        "msgpack,target,[@version]",
        "plain,ecs_compatibility,v8"
    })
    void badSettingsAreRefused(String codec, String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventCodec.named(codec, Map.of(setting, value)))
                .withMessageStartingWith(
                        String.format(
                                "The setting '%s' of the codec '%s' has the value '%s'; ",
                                setting, codec, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "json_lines", "line", "msgpack", "plain"})
    void codecsTravelWithTheJob(String name) throws Exception {
        EventCodec codec = EventCodec.named(name, Map.of("ecs_compatibility", "disabled"));
        WebSocketEventSchema schema = InstantiationUtil.clone(WebSocketEventSchema.of(codec));
        assertThat(decode(schema, binary(new byte[] {(byte) 0x80}), ErrorPolicy.EMIT)).isNotEmpty();
        assertThat(InstantiationUtil.clone(codec)).isEqualTo(codec).hasToString(codec.toString());
    }

    // ------------------------------------------------------------------ msgpack

    @Test
    void msgpackValuesBecomeTheirJson() throws IOException {
        MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
        packer.packMapHeader(11);
        packer.packString("nil").packNil();
        packer.packString("bool").packBoolean(true);
        packer.packString("int").packInt(-5);
        packer.packString("uint64").packBigInteger(new BigInteger("18446744073709551615"));
        packer.packString("double").packDouble(0.1);
        packer.packString("float").packFloat(0.1f);
        packer.packString("bin").packBinaryHeader(3).writePayload(new byte[] {1, 2, 3});
        packer.packString("list").packArrayHeader(2).packInt(1).packMapHeader(0);
        packer.packString("ext").packExtensionTypeHeader((byte) 5, 1).writePayload(new byte[] {7});
        packer.packString("time").packTimestamp(Instant.parse("2024-02-29T01:02:03.5Z"));
        packer.packInt(7).packString("key");
        assertThat(fields("msgpack", binary(packer.toByteArray())))
                .containsExactly(
                        f(
                                "{'nil':null,'bool':true,'int':-5,'uint64':18446744073709551615,"
                                        + "'double':0.1,'float':0.1,'bin':'AQID','list':[1,{}],'ext':'Bw==',"
                                        + "'time':'2024-02-29T01:02:03.500Z','7':'key'}"));
    }

    @Test
    void aMsgpackTimeMayBeTheTimeOfTheEvent() throws IOException {
        MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
        Instant time = Instant.parse("2024-02-29T01:02:03.000000004Z");
        packer.packMapHeader(1).packString("@timestamp").packTimestamp(time);
        assertThat(decode("msgpack", Map.of(), binary(packer.toByteArray())).get(0).getTimestamp())
                .isEqualTo(time);
    }

    @Test
    void manyMapsAndArraysOfMapsAreManyEvents() throws IOException {
        MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
        packer.packMapHeader(1).packString("a").packInt(1);
        packer.packArrayHeader(2);
        packer.packMapHeader(1).packString("a").packInt(2);
        packer.packInt(9);
        packer.packInt(8);
        packer.packMapHeader(1).packString("a").packInt(3);
        assertThat(fields("msgpack", binary(packer.toByteArray())))
                .containsExactly(
                        f("{'a':1}"),
                        f("{'a':2}"),
                        f("{'a':3}"),
                        failure("9", "_msgpackparsefailure"),
                        failure("CA==", "_msgpackparsefailure"));
    }

    /** Headers that announce 2 GiB and more; each must fail without making room for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB7FFFFFFF", "DBFFFFFFFF", "C67FFFFFFF", "C6FFFFFFFF", "DD7FFFFFFF", "DDFFFFFFFF",
                "DF7FFFFFFF", "DFFFFFFFFF", "C97FFFFFFF05", "C97FFFFFFFFF", "DF3FFFFFFF", "C1",
                "81A161", "C70CFF3B9ACA007FFFFFFFFFFFFFFF", "CB7FF8000000000000"
            })
    void whatAnnouncesMoreThanThereIsFails(String hex) throws IOException {
        byte[] map = new byte[2 + hex.length() / 2 + 1];
        map[0] = (byte) 0x81;
        map[1] = (byte) 0xA1;
        map[2] = 'x';
        for (int i = 0; i < hex.length() / 2; i++) {
            map[3 + i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertThat(fields("msgpack", binary(map)))
                .containsExactly(
                        failure(Base64.getEncoder().encodeToString(map), "_msgpackparsefailure"));
    }

    @Test
    void goodMsgpackBeforeBadIsKept() throws IOException {
        assertThat(fields("msgpack", binary(new byte[] {(byte) 0x80, (byte) 0xC1, 1})))
                .containsExactly(f("{}"), failure("wQE=", "_msgpackparsefailure"));
    }

    @Test
    void msgpackNestingIsLimited() throws IOException {
        assertThat(fields("msgpack", binary(nested(998))).get(0).has("x")).isTrue();
        for (int depth : List.of(1000, 1_000_000)) {
            assertThat(fields("msgpack", binary(nested(depth))).get(0).get("tags"))
                    .isEqualTo(json("['_msgpackparsefailure']"));
        }
    }

    private static byte[] nested(int arrays) {
        byte[] bytes = new byte[arrays + 4];
        Arrays.fill(bytes, (byte) 0x91);
        bytes[0] = (byte) 0x81;
        bytes[1] = (byte) 0xA1;
        bytes[2] = 'x';
        bytes[bytes.length - 1] = (byte) 0xC0;
        return bytes;
    }

    @Test
    void randomBytesNeverBreakAnyCodec() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (String codec : List.of("json", "json_lines", "line", "msgpack", "plain")) {
                assertThat(decode(codec, Map.of(), binary(bytes))).isNotNull();
            }
        }
    }

    // ------------------------------------------------------------------ helpers

    /** What a codec with defaults makes, without what every event has. */
    private static List<ObjectNode> fields(String codec, WebSocketMessage message)
            throws IOException {
        return decode(codec, Map.of(), message).stream()
                .map(WebSocketEvent::toJson)
                .peek(fields -> fields.remove(List.of("@timestamp", "@version")))
                .collect(Collectors.toList());
    }

    private static ObjectNode f(String json) {
        return (ObjectNode) json(json);
    }

    private static ObjectNode failure(String text, String tag) {
        ObjectNode fields = EventJson.NODES.objectNode();
        fields.put("message", text);
        fields.putArray("tags").add(tag);
        return fields;
    }
}
