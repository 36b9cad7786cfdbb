package io.github.flinkwebsocket.table;

import org.apache.flink.table.api.ValidationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextListsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"subscribe\",\"args\":[\"trades\"]}",
                "[1, \"two\", {\"three\":3}]",
                "{\"text\":\"a;b\"}",
                "{\"text\":\"\\\";{\"}",
                "[\";\"]",
                "\"a;b\"",
                "\"hello\"",
                "42[\"subscribe\",{\"a\":\";\"}]",
                "it's",
                "{ \"a\" :\n 1 }\n",
                " SUB x\r\n",
                "- a",
                "a: b",
                "a \" b",
                ":-}",
                " "
            })
    void oneMessageIsTakenAsItIs(String message) {
        assertThat(messages(message)).containsExactly(message);
    }

    @Test
    void semicolonSeparatesMessages() {
        assertThat(messages("{\"a\":\"x;y\"};\n [1,2] ; plain;"))
                .containsExactly("{\"a\":\"x;y\"}", "[1,2]", "plain");
        assertThat(messages("a;;b")).containsExactly("a", "b");
    }

    @Test
    void messageInSingleQuotesMayHoldAnything() {
        assertThat(messages("'a;{ \" b'")).containsExactly("a;{ \" b");
        assertThat(messages(" 'it''s; a' ; b;'c '")).containsExactly("it's; a", "b", "c ");
        assertThat(messages("'''x'''")).containsExactly("'x'");
    }

    @Test
    void noMessageIsNone() {
        assertThat(messages("")).isEmpty();
        assertThat(messages(";")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1;b", "a \" s3cret; b", "[1;2"})
    void whatCannotBeToldApartIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> messages(text))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("The option 'open-messages' has a ';' as character")
                .hasMessageContaining("Put the message into single quotes")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'s3cret", "'s3cret' x", "a;'s3cret"})
    void brokenQuotesAreRefused(String text) {
        assertThatThrownBy(() -> messages(text))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("The option 'open-messages' has a message in single quotes")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void urlsMayHoldSemicolons() {
        assertThat(TextLists.urls("wss://a.example/?x=1;y=2"))
                .containsExactly("wss://a.example/?x=1;y=2");
        assertThat(TextLists.urls(" ws://a/;p ; WSS://b/?q;r;wss://c\n"))
                .containsExactly("ws://a/;p", "WSS://b/?q;r", "wss://c");
    }

    private static List<String> messages(String text) {
        return TextLists.messages("open-messages", text);
    }
}
