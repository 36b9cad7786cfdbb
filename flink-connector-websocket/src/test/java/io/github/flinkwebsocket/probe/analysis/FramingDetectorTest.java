package io.github.flinkwebsocket.probe.analysis;

import org.apache.flink.configuration.Configuration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** How messages are cut into frames. The signs ␤ and ␞ stand for a line feed and for 0x1E. */
class FramingDetectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1}|",
                "{␤  \"a\": 1␤}|",
                "{\"a\":1}␤|",
                "42[\"price\",{}]|",
                "1 2 3|",
                "plain␤text|",
                "a ␞ in text|",
                "{\"a\":1}␤{\"a\":2}|lines",
                "{\"a\":1}␤␤[2]␤|lines",
                "{\"a\":1}{\"a\":2}|json",
                "{\"a\":1} {\"a\":2}␤{\"a\":3}|json",
                "{␤\"a\":1␤}␤{\"a\":2}|json",
                "{}␞|separator",
                "{\"a\":1}␞{\"a\":2}␞|separator"
            })
    void isTold(String message, String framing) {
        Configuration options = new Configuration();
        FramingDetector.detect(
                options,
                List.of(
                        Transcript.text("{}"),
                        Transcript.text(message.replace('␤', '\n').replace('␞', '\u001e'))));
        Map<String, String> found = options.toMap();
        assertThat(found.get("message.framing")).isEqualTo(framing);
        assertThat(found.get("message.separator"))
                .isEqualTo("separator".equals(framing) ? "\\u001e" : null);
    }
}
