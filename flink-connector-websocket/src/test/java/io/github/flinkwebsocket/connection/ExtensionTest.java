package io.github.flinkwebsocket.connection;

import org.java_websocket.exceptions.InvalidHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * {@link Extension}: the header of extensions, and which choices accept our {@link DeflateOffer}.
 */
class ExtensionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                    | a{}",
                "a;b                  | a{b=}",
                "a ; b = c ;d=\"e\"    | a{b=c, d=e}",
                "a;b=\"\\c\\d\"        | a{b=cd}",
                "a, b;c=1,\td         | a{} b{c=1} d{}",
                ", ,a,, b;c ,         | a{} b{c=}",
                "a;b=1, a;b=2         | a{b=1} a{b=2}"
            })
    void readsNamesAndParameters(String header, String expected) throws Exception {
        assertThat(describe(Extension.parse(header))).isEqualTo(expected);
    }

    @Test
    void anEmptyHeaderHasNone() throws Exception {
        assertThat(Extension.parse("")).isEmpty();
        assertThat(Extension.parse(" , ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;",
                "a;;b",
                "a;b=",
                "a;=c",
                "a b",
                "a;b c",
                "a=b",
                ";a",
                "a;b=\"c",
                "a;b=c\"",
                "a;b=\"\"",
                "a;b=\"c d\"",
                "a;b=\"c,d\"",
                "a;b=c\"d\"",
                "a;b=\"c\"d",
                "a;b=\"c\\\"",
                "a/b",
                "\u00E4",
                "a;b=\u00E4",
                "\"a\"",
                "a;\"b\""
            })
    void refusesWhatIsNotWellFormed(String header) {
        assertThatThrownBy(() -> Extension.parse(header))
                .isInstanceOf(InvalidHandshakeException.class)
                .hasMessage("which are not well-formed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b;b", "a;b=1;b=1", "a;c;b=1;d;b", "x, a;b;b=\"2\""})
    void refusesRepeatedParameters(String header) {
        assertThatThrownBy(() -> Extension.parse(header))
                .isInstanceOf(InvalidHandshakeException.class)
                .hasMessage("which repeat the parameter 'b'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=8; client_max_window_bits=15",
                "permessage-deflate; client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=9; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits=\"10\""
            })
    void choicesThatAcceptTheOffer(String header) throws Exception {
        assertThat(DeflateOffer.isAcceptedBy(Extension.parse(header))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; client_max_window_bits=09",
                "permessage-deflate; client_max_window_bits=\"08\"",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=1e1",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=true",
                "permessage-deflate; unknown",
                "permessage-deflate; unknown=1",
                "permessage-deflate, permessage-deflate",
                "permessage-deflate, x-other",
                "x-other, permessage-deflate",
                "x-other"
            })
    void choicesThatDoNot(String header) throws Exception {
        assertThat(DeflateOffer.isAcceptedBy(Extension.parse(header))).isFalse();
    }

    private static String describe(List<Extension> extensions) {
        return extensions.stream()
                .map(extension -> extension.name() + extension.parameters())
                .collect(Collectors.joining(" "));
    }
}
