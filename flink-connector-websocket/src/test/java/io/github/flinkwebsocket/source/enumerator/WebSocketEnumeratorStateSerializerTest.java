package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.source.split.WebSocketSplit;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketEnumeratorStateSerializerTest {

    private final WebSocketEnumeratorStateSerializer serializer =
            WebSocketEnumeratorStateSerializer.INSTANCE;

    private final WebSocketEnumeratorState state =
            new WebSocketEnumeratorState(
                    List.of("a.example-00000001"),
                    List.of(
                            WebSocketSplit.fresh("b.example-00000002"),
                            new WebSocketSplit("c.example-00000003", "17", 5, 1700000000000L)));

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(serializer.deserialize(0, serializer.serialize(state)))
                .isEqualTo(state)
                .hasSameHashCodeAs(state);
    }

    @Test
    void readsWhatItWroteOfNothing() throws IOException {
        WebSocketEnumeratorState empty = new WebSocketEnumeratorState(List.of(), List.of());
        assertThat(serializer.deserialize(0, serializer.serialize(empty))).isEqualTo(empty);
    }

    /** Fails if the format changes without a new version. */
    @Test
    void readsAndWritesTheFileOfVersion0() throws IOException {
        byte[] file;
        try (InputStream in = getClass().getResourceAsStream("/state/enumerator-v0.bin")) {
            file = in.readAllBytes();
        }
        assertThat(serializer.deserialize(0, file)).isEqualTo(state);
        assertThat(serializer.getVersion()).isZero();
        assertThat(serializer.serialize(state)).isEqualTo(file);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 1");
    }
}
