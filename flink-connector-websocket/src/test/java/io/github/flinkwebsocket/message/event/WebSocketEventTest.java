package io.github.flinkwebsocket.message.event;

import org.apache.flink.api.common.typeinfo.TypeInformation;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static io.github.flinkwebsocket.message.event.Events.event;
import static io.github.flinkwebsocket.message.event.Events.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketEventTest {

    @Test
    void hasTheFieldsOfTheMessageAndATimeAndAVersion() {
        assertThat(event("{'a':1}").toJson())
                .isEqualTo(json("{'a':1,'@timestamp':'1970-01-01T00:00:01.000Z','@version':'1'}"));
    }

    @Test
    void keepsAVersionThatTheMessageHas() {
        assertThat(event("{'@version':'2'}").get("@version")).isEqualTo(json("'2'"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T12:34:56Z,            2024-02-29T12:34:56.000Z",
        "2024-02-29T12:34:56.7Z,          2024-02-29T12:34:56.700Z",
        "2024-02-29T12:34:56.123456Z,     2024-02-29T12:34:56.123456Z",
        "2024-02-29T12:34:56.123456789Z,  2024-02-29T12:34:56.123456789Z",
        "2024-02-29T12:34:56+01:00,       2024-02-29T11:34:56.000Z",
        "2024-02-29T12:34:56-0130,        2024-02-29T14:04:56.000Z",
        "2024-02-29T12:34:56+01,          2024-02-29T11:34:56.000Z",
        "2024-02-29T12:34,                2024-02-29T12:34:00.000Z",
        "2024-02-29T12:34:56.5,           2024-02-29T12:34:56.500Z",
        "2024-02-29,                      2024-02-29T00:00:00.000Z"
    })
    void takesTheTimeOfTheMessageInUtc(String given, String expected) {
        WebSocketEvent event = event("{'@timestamp':'" + given + "'}");
        assertThat(event.getTimestamp()).isEqualTo(Instant.parse(expected));
        assertThat(event.get("@timestamp").textValue()).isEqualTo(expected);
        assertThat(event.getTags()).isEmpty();
    }

    @Test
    void takesACommaBeforeTheFraction() {
        assertThat(event("{'@timestamp':'2024-02-29T12:34:56,5Z'}").getTimestamp())
                .isEqualTo(Instant.parse("2024-02-29T12:34:56.5Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'yesterday'",
                "''",
                "'2023-02-29T00:00:00Z'",
                "'2024-01-01T00:00:00Z '",
                "'2024-01-01T25:00:00Z'",
                "'+999999999-01-01T00:00:00Z'",
                "1700000000",
                "true",
                "{'a':1}",
                "['2024-01-01T00:00:00Z']"
            })
    void keepsATimeThatIsNoneAndSaysSo(String bad) {
        WebSocketEvent event = event("{'@timestamp':" + bad + "}");
        assertThat(event.getTimestamp()).isEqualTo(Events.RECEIVED);
        assertThat(event.get("_@timestamp")).isEqualTo(json(bad));
        assertThat(event.getTags()).containsExactly("_timestampparsefailure");
    }

    @Test
    void aTimeOfNullIsNoTime() {
        WebSocketEvent event = event("{'@timestamp':null}");
        assertThat(event.getTimestamp()).isEqualTo(Events.RECEIVED);
        assertThat(event.getTags()).isEmpty();
    }

    @Test
    void timeCanBeChangedInAllWaysAndIsNeverStale() {
        WebSocketEvent event = event("{}");
        event.setTimestamp(Instant.ofEpochMilli(1));
        assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochMilli(1));
        event.set("@timestamp", "2024-01-01T01:00:00+01:00");
        assertThat(event.getTimestamp()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        event.set("[@timestamp]", Instant.ofEpochMilli(3));
        assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochMilli(3));
        event.toJson().put("@timestamp", "1970-01-01T00:00:00.004Z");
        assertThat(event.getTimestamp()).isEqualTo(Instant.ofEpochMilli(4));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, -62135596800001L, -1, 0, 253402300800000L, Long.MAX_VALUE})
    void everyTimestampOfFlinkCanBeReadBack(long millis) {
        WebSocketEvent event = event("{}");
        event.setTimestamp(Instant.ofEpochMilli(millis));
        assertThat(IsoTime.read(event.get("@timestamp"))).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @Test
    void timeCannotBecomeSomethingElse() {
        WebSocketEvent event = event("{}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.set("@timestamp", "now"))
                .withMessageContaining("ISO 8601");
        assertThatIllegalArgumentException().isThrownBy(() -> event.set("[@timestamp][a]", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> event.setTimestamp(Instant.MAX));
        event.toJson().put("@timestamp", 5);
        assertThatThrownBy(event::getTimestamp)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@timestamp");
    }

    @ParameterizedTest
    @CsvSource({
        "top,            1",
        "[top],          1",
        "[outer][inner], 2",
        "[list][0],      3",
        "[list][-1],     4",
        "[list][1],      4",
        "[deep][0][x],   5",
        "a.b,            6",
        "with space,     7"
    })
    void fieldsAreFoundByReference(String reference, String expected) {
        WebSocketEvent event =
                event(
                        "{'top':1,'outer':{'inner':2},'list':[3,4],'deep':[{'x':5}],'a.b':6,'with space':7}");
        assertThat(event.get(reference)).isEqualTo(json(expected));
        assertThat(event.has(reference)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "[outer][none]", "[list][2]", "[list][-3]", "[list][x]", "[top][a]"})
    void fieldsThatAreNotThereAreNull(String reference) {
        WebSocketEvent event = event("{'top':1,'outer':{'inner':2},'list':[3,4]}");
        assertThat(event.get(reference)).isNull();
        assertThat(event.has(reference)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[]", "[a", "a]", "[a]b", "a[b]", "[a][]", "[a[b]]"})
    void whatIsNoReferenceIsRefused(String reference) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event("{}").get(reference))
                .withMessageContaining("'" + reference + "' is not a field reference");
    }

    @Test
    void settingAFieldMakesTheObjectsAroundIt() {
        WebSocketEvent event = event("{'list':[1],'nothing':null}");
        event.set("[a][b][c]", "x");
        event.set("[list][0]", 2);
        event.set("[list][1]", 3);
        event.set("[nothing][d]", true);
        assertThat(event.get("a")).isEqualTo(json("{'b':{'c':'x'}}"));
        assertThat(event.get("list")).isEqualTo(json("[2,3]"));
        assertThat(event.get("nothing")).isEqualTo(json("{'d':true}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[number][a]", "[list][2]", "[list][-2]", "[list][x]"})
    void settingAFieldWhereNoneCanBeIsRefused(String reference) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event("{'number':1,'list':[1]}").set(reference, "x"))
                .withMessageContaining("'" + reference + "' can't be set");
    }

    @Test
    void valuesBecomeTheirJson() {
        WebSocketEvent event = event("{}");
        BigInteger big = new BigInteger("123456789012345678901234567");
        BigDecimal exact = new BigDecimal("1.10");
        assertThat(set(event, null)).isEqualTo("null");
        assertThat(set(event, 5L)).isEqualTo("5");
        assertThat(set(event, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(set(event, big)).isEqualTo("123456789012345678901234567");
        assertThat(set(event, exact)).isEqualTo("1.10");
        assertThat(set(event, 0.1)).isEqualTo("0.1");
        assertThat(set(event, 0.1f)).isEqualTo("0.1");
        assertThat(set(event, new byte[] {1, 2, 3})).isEqualTo("\"AQID\"");
        assertThat(set(event, Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00.000Z\"");
        assertThat(set(event, List.of(1, Map.of("a", "b")))).isEqualTo("[1,{\"a\":\"b\"}]");
        assertThat(set(event, json("[1.50]"))).isEqualTo("[1.50]");
    }

    private static String set(WebSocketEvent event, Object value) {
        event.set("x", value);
        JsonNode node = event.get("x");
        return EventJson.write(node);
    }

    @Test
    void valuesThatJsonDoesNotHaveAreRefused() {
        WebSocketEvent event = event("{}");
        for (Object value :
                List.of(
                        Double.NaN,
                        Float.POSITIVE_INFINITY,
                        List.of(Double.NaN),
                        EventJson.NODES.numberNode(Double.NaN),
                        new Object())) {
            assertThatIllegalArgumentException().isThrownBy(() -> event.set("x", value));
        }
        assertThat(event.has("x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|", "{'tags':null}|", "{'tags':'a'}|a", "{'tags':['a','b']}|a,b"})
    void tagsAreAList(String json, String tags) {
        assertThat(String.join(",", event(json).getTags())).isEqualTo(tags == null ? "" : tags);
    }

    @Test
    void tagsAreAddedOnce() {
        WebSocketEvent event = event("{'tags':'a'}");
        event.addTag("a");
        assertThat(event.get("tags")).isEqualTo(json("'a'"));
        event.addTag("b");
        event.addTag("b");
        assertThat(event.get("tags")).isEqualTo(json("['a','b']"));
    }

    @Test
    void hasAType() {
        assertThat(event("{}").getType()).isNull();
        assertThat(event("{'type':null}").getType()).isNull();
        assertThat(event("{'type':'x'}").getType()).isEqualTo("x");
        assertThat(event("{'type':7}").getType()).isEqualTo("7");
    }

    @Test
    void showsItselfAsCompactJson() {
        assertThat(event("{'a':[1.0,null]}"))
                .hasToString(
                        "{\"a\":[1.0,null],\"@timestamp\":\"1970-01-01T00:00:01.000Z\",\"@version\":\"1\"}");
    }

    @Test
    void isEqualByItsFields() {
        assertThat(event("{'a':1,'b':2}"))
                .isEqualTo(event("{'b':2,'a':1}"))
                .hasSameHashCodeAs(event("{'b':2,'a':1}"))
                .isNotEqualTo(event("{'a':1}"))
                .isNotEqualTo("{}");
    }

    @Test
    void flinkFindsItsTypeByItself() {
        assertThat(TypeInformation.of(WebSocketEvent.class))
                .isSameAs(WebSocketEventTypeInfo.INSTANCE);
        assertThat(WebSocketEventSchema.json().getProducedType())
                .isEqualTo(WebSocketEventTypeInfo.INSTANCE);
    }
}
