package io.github.flinkwebsocket.source.split;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketSplitSerializerTest {

    private final WebSocketSplitSerializer serializer = WebSocketSplitSerializer.INSTANCE;

    static Stream<WebSocketSplit> splits() {
        return Stream.of(
                WebSocketSplit.fresh("feed.example-12345678"),
                new WebSocketSplit("feed.example-12345678", "", 0, 1700000000000L),
                new WebSocketSplit("feed.example-12345678", "4711-\u00e4\ud83d\ude00", 99, 1L),
                new WebSocketSplit("a", "x".repeat(100_000), Long.MAX_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsWhatItWrote(WebSocketSplit split) throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)))
                .isEqualTo(split)
                .hasSameHashCodeAs(split);
    }

    /** Fails if the format changes without a new version. */
    @Test
    void readsAndWritesTheFileOfVersion0() throws IOException {
        WebSocketSplit split =
                new WebSocketSplit("feed.example-12345678", "4711", 4200, 1700000000000L);
        byte[] file;
        try (InputStream in = getClass().getResourceAsStream("/state/split-v0.bin")) {
            file = in.readAllBytes();
        }
        assertThat(serializer.deserialize(0, file)).isEqualTo(split);
        assertThat(serializer.getVersion()).isZero();
        assertThat(serializer.serialize(split)).isEqualTo(file);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(7, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7");
    }

    @Test
    void showsNeitherPositionNorUrl() {
        assertThat(new WebSocketSplit("feed.example-1", "s3cret", 3, 1).toString())
                .isEqualTo("WebSocketSplit{feed.example-1, 3 messages emitted}");
    }
}
