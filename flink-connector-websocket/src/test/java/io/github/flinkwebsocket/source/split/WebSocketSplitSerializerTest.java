package io.github.flinkwebsocket.source.split;

import io.github.flinkwebsocket.testing.StateFiles;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketSplitSerializerTest {

    private final WebSocketSplitSerializer serializer = WebSocketSplitSerializer.INSTANCE;

    static Stream<WebSocketSplit> splits() {
        return Stream.of(
                WebSocketSplit.fresh("feed.example-12345678"),
                WebSocketSplit.builder("0", "feed.example-12345678").build(),
                full().with().position("").emittedMessages(0).restarted(false).build(),
                full().with().position("4711-\u00e4\ud83d\ude00").everLive(false).build(),
                full().with().position("x".repeat(100_000)).lastEventTime(-1).build());
    }

    private static WebSocketSplit full() {
        return WebSocketSplit.builder("trades", "feed.example-12345678")
                .position("4711")
                .emittedMessages(4200)
                .startTime(1700000000000L)
                .lastEventTime(1700000099000L)
                .everLive(true)
                .lastRead(1700000100000L)
                .restarted(true)
                .build();
    }

    @ParameterizedTest
    @MethodSource("splits")
    void readsWhatItWrote(WebSocketSplit split) throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)))
                .isEqualTo(split)
                .hasSameHashCodeAs(split);
    }

    @Test
    void readsTheFileOfVersion0() throws IOException {
        assertThat(serializer.deserialize(0, StateFiles.read("split-v0.bin")))
                .isEqualTo(
                        WebSocketSplit.fresh("feed.example-12345678")
                                .with()
                                .position("4711")
                                .emittedMessages(4200)
                                .startTime(1700000000000L)
                                .everLive(true)
                                .build());
    }

    /** Fails if the format changes without a new version. */
    @Test
    void readsAndWritesTheFileOfVersion1() throws IOException {
        byte[] file = StateFiles.read("split-v1.bin");
        assertThat(serializer.deserialize(1, file)).isEqualTo(full());
        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(serializer.serialize(full())).isEqualTo(file);
    }

    @Test
    void keepsWhatANewerConnectorWrote() throws IOException {
        byte[] newer = StateFiles.read("split-v1-with-unknown-fields.bin");
        WebSocketSplit split = serializer.deserialize(1, newer);
        assertThat(split.with().emittedMessages(4200).build()).isEqualTo(split);
        assertThat(split.with().unknown(new TaggedFields()).build()).isEqualTo(full());
        assertThat(serializer.serialize(split)).isEqualTo(newer);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(7, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("0 and 1");
    }

    @Test
    void refusesWhatIsCutOff() throws IOException {
        byte[] file = StateFiles.read("split-v1.bin");
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> serializer.deserialize(1, part))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void showsNeitherPositionNorUrl() {
        assertThat(full().toString()).isEqualTo("WebSocketSplit{trades, 4200 messages emitted}");
    }
}
