package io.github.flinkwebsocket.feed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Letters beyond ASCII are percent-encoded in UTF-8; nothing else changes. */
class UrlTextTest {

    @ParameterizedTest
    @CsvSource({
        "ws://a.example/börse?name=größe, ws://a.example/b%C3%B6rse?name=gr%C3%B6%C3%9Fe",
        "ws://a.example/日本, ws://a.example/%E6%97%A5%E6%9C%AC",
        "ws://a.example/😀, ws://a.example/%F0%9F%98%80",
        "ws://a.example/b%C3%B6rse?x=%fc, ws://a.example/b%C3%B6rse?x=%fc",
        "ws://ü:ß@a.example/, ws://%C3%BC:%C3%9F@a.example/",
        "ws://a.example?q=ö@ö, ws://a.example?q=%C3%B6@%C3%B6",
        "/börse, /b%C3%B6rse",
        "?ö, ?%C3%B6",
        "//a.example/ö, //a.example/%C3%B6",
        "ws://bücher.example/ö, ws://bücher.example/%C3%B6",
    })
    void lettersAreEncoded(String url, String ascii) {
        assertThat(UrlText.ascii(url)).isEqualTo(ascii);
        assertThat(UrlText.ascii(ascii)).isEqualTo(ascii);
    }

    @Test
    void decodesWhatIsEncodedAndLeavesTheRest() {
        assertThat(UrlText.decode("a%2Fb%c3%a4+ö%zz%4")).isEqualTo("a/bä+ö%zz%4");
    }
}
