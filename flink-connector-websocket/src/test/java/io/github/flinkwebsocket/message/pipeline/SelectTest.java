package io.github.flinkwebsocket.message.pipeline;

import io.github.flinkwebsocket.feed.MessageFraming;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.testing.Parts;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code message.record}. */
class SelectTest {

    @Test
    void pointerLeadsThroughObjectsAndArrays() {
        assertThat(records("/a/b", "{\"x\":{\"b\":0},\"a\":{\"x\":[],\"b\":{\"y\": 1 }}}"))
                .containsExactly("{\"y\": 1 }");
        assertThat(records("/2/1", "[7,\"te\",[9,{\"p\":1.5}]]")).containsExactly("{\"p\":1.5}");
        assertThat(records("", " [1] ")).containsExactly(" [1] ");
    }

    @Test
    void starExplodesAnArray() {
        assertThat(records("/data/*", "{\"data\":[{\"a\":1},{\"a\":2}],\"n\":2}"))
                .containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(records("/*", "[1,\"b\",[3],{\"c\":4}]"))
                .containsExactly("1", "\"b\"", "[3]", "{\"c\":4}");
        assertThat(records("/data/*", "{\"data\":[]}")).isEmpty();
    }

    @Test
    void starsExplodeNestedArrays() {
        assertThat(
                        records(
                                "/events/*/trades/*",
                                "{\"events\":[{\"trades\":[1,2]},{\"x\":0},{\"trades\":[3]}]}"))
                .containsExactly("1", "2", "3");
        assertThat(records("/*/*", "[[1,2],[],[3]]")).containsExactly("1", "2", "3");
    }

    @Test
    void starTakesTheValueItselfWhereThereIsNoArray() {
        assertThat(records("/*", "{\"a\":1}")).containsExactly("{\"a\":1}");
        assertThat(records("/data/*", "{\"data\":{\"a\":1}}")).containsExactly("{\"a\":1}");
        assertThat(records("/data/*/v", "{\"data\":{\"v\":1}}")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"subscribed\"}",
                "{\"data\":null}",
                "{\"data\":[]}",
                "{\"data\":[null]}",
                "{\"arg\":{\"data\":[1]}}",
                "[1,2]",
                "\"pong\"",
                "17",
                "{}"
            })
    void frameWithoutTheRecordIsAControlMessage(String frame) {
        Parts parts = Parts.ofRecords("/data/*").text(frame);
        assertThat(parts.parts).isEmpty();
        assertThat(parts.failures).isEmpty();
        assertThat(parts.controls).isEqualTo(1);
    }

    @Test
    void escapesInPointersAreThoseOfTheRfc() {
        assertThat(records("/a~1b/~0", "{\"a/b\":{\"~\":1}}")).containsExactly("1");
        assertThat(records("//x", "{\"\":{\"x\":1}}")).containsExactly("1");
        assertThat(records("/01", "[1,2]")).isEmpty();
        assertThat(records("/1", "{\"1\":5}")).containsExactly("5");
    }

    @Test
    void escapesInNamesAreRead() {
        assertThat(records("/daß", "{\"da\\u00df\":1}")).containsExactly("1");
    }

    @Test
    void bytesOfARecordStayAsTheyWere() {
        String record = "{ \"ä\" : \"\\u00e4\\/\" ,\t\"n\":1.50E+3 }";
        assertThat(records("/data/*", "{\"data\": [ " + record + " , 2 ]}"))
                .containsExactly(record, "2");
    }

    @Test
    void goodRecordsBeforeBrokenJsonAreKept() {
        Parts parts = Parts.ofRecords("/data/*").text("{\"data\":[{\"a\":1},{\"a\":2},{\"a\":");
        assertThat(parts.texts).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(parts.failures).hasSize(1);
        assertThat(parts.controls).isZero();
    }

    @Test
    void whatFollowsTheJsonValueIsAFailureSoThatItIsNotLostSilently() {
        Parts parts = Parts.ofRecords("/data").text("{\"data\":1}\n{\"data\":2}");
        assertThat(parts.texts).containsExactly("1");
        assertThat(parts.failures)
                .hasSize(1)
                .first()
                .asString()
                .endsWith(
                        "Something follows the JSON value, at byte 11; 'message.framing' says how to"
                                + " cut a message.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/d/*     | {\"d\":[1,2],\"x\":0,\"d\":[3]}               | 3",
                "/d/*     | {\"d\":[1],\"d\":[]}                          |",
                "/d       | {\"d\":1,\"d\":null}                          |",
                "/a/d/*   | {\"a\":{\"d\":[1]},\"a\":{\"d\":[2]}}         | 2",
                "/a/d     | {\"a\":{\"d\":1},\"a\":{\"x\":2}}             |",
                "/a/d     | {\"a\":{\"d\":1},\"\\u0061\":{\"d\":2}}       | 2",
                "/*/d     | [{\"d\":1,\"d\":2},{\"d\":3}]                 | 2,3",
                "/e/*/d/* | {\"e\":[{\"d\":[1]},{\"d\":[2,3],\"d\":[4]}]} | 1,4",
            })
    void ofARepeatedNameTheLastValueCounts(String pointer, String frame, String expected) {
        Parts parts = Parts.ofRecords(pointer).text(frame);
        assertThat(parts.failures).isEmpty();
        assertThat(parts.texts)
                .isEqualTo(expected == null ? List.of() : List.of(expected.split(",")));
        assertThat(parts.controls).isEqualTo(expected == null ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":1,\"x\":[}",
                "{\"data\":1,\"x\":{]}",
                "{\"data\":1,\"x\":[{}}",
                "{\"x\":[[]}],\"data\":1}",
                "{\"data\":1]",
                "{\"data\":1",
                "{\"data\":1}}",
                "{\"data\":1},{\"data\":2}",
            })
    void bracketsThatDoNotMatchAreAFailure(String frame) {
        assertThat(Parts.ofRecords("/data").text(frame).failures).hasSize(1);
        Parts whole = Parts.ofRecords("").text(frame);
        assertThat(whole.failures).hasSize(1);
        assertThat(whole.parts).as("a frame that is the record is one or the other").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\uFEFF"})
    void messageOfBlanksIsAFailure(String text) {
        Parts parts = Parts.ofRecords("/data").text(text);
        assertThat(parts.failures)
                .containsExactly(
                        text
                                + ": There is no JSON in an empty or blank message; 'error-policy' ="
                                + " 'skip' leaves it out.");
        assertThat(parts.controls).isZero();
    }

    @Test
    void lineOfBlanksIsNone() {
        Parts parts =
                Parts.ofRecords("/data")
                        .with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES)
                        .text("{\"data\":1}\n \t\n\n  \r\n{\"data\":2}\n ");
        assertThat(parts.texts).containsExactly("1", "2");
        assertThat(parts.failures).isEmpty();
        assertThat(parts.controls).isZero();
    }

    @Test
    void whatIsNoJsonIsAFailure() {
        Parts parts = Parts.ofRecords("/data").text("pong").text("{\"data\":1}");
        assertThat(parts.failures).hasSize(1).first().asString().startsWith("pong: ");
        assertThat(parts.texts).containsExactly("1");
    }

    @Test
    void deepNestingIsNotRead() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(records("/data", "{\"x\":" + deep + ",\"data\":" + deep + "}"))
                .containsExactly(deep);
    }

    @Test
    void eachFrameOfAMessageIsReadByItself() {
        Parts parts =
                Parts.ofRecords("/data/*")
                        .with(WebSocketOptions.MESSAGE_FRAMING, MessageFraming.LINES)
                        .text("{\"data\":[1]}\nbroken\n{}\n{\"data\":[2,3]}");
        assertThat(parts.texts).containsExactly("1", "2", "3");
        assertThat(parts.failures).hasSize(1).first().asString().startsWith("broken: ");
        assertThat(parts.controls).isEqualTo(1);
    }

    @Test
    void manyRecordsFitAndLaterMessagesAreNotDisturbed() {
        Parts parts = Parts.ofRecords("/*");
        parts.text("[" + "1,".repeat(50_000) + "2]");
        assertThat(parts.texts).hasSize(50_001).endsWith("1", "2");
        parts.texts.clear();
        assertThat(parts.text("[3,4]").texts).containsExactly("3", "4");
    }

    @Property(tries = 200)
    void explodingKeepsOrderAndCount(
            @ForAll @Size(max = 30)
                    List<@Size(max = 30) List<@IntRange(min = -5) Integer>> groups) {
        String json =
                groups.stream()
                        .map(group -> "{\"t\":" + group + "}")
                        .collect(Collectors.joining(",", "{\"e\":[", "]}"));
        List<String> expected = new ArrayList<>();
        groups.forEach(group -> group.forEach(value -> expected.add(value.toString())));
        assertThat(records("/e/*/t/*", json)).isEqualTo(expected);
    }

    @Property(tries = 200)
    void noDigitIsLost(@ForAll BigInteger integer, @ForAll BigDecimal decimal) {
        assertThat(records("/v/*", "{\"v\":[" + integer + "," + decimal.toPlainString() + "]}"))
                .containsExactly(integer.toString(), decimal.toPlainString());
    }

    private static List<String> records(String pointer, String frame) {
        Parts parts = Parts.ofRecords(pointer).text(frame);
        assertThat(parts.failures).isEmpty();
        return parts.texts;
    }
}
