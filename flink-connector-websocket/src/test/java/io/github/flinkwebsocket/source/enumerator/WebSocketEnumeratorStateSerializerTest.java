package io.github.flinkwebsocket.source.enumerator;

import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.testing.StateFiles;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebSocketEnumeratorStateSerializerTest {

    private final WebSocketEnumeratorStateSerializer serializer =
            WebSocketEnumeratorStateSerializer.INSTANCE;

    private static final WebSocketSplit WAITING =
            WebSocketSplit.fresh("c.example-00000003")
                    .with()
                    .position("17")
                    .emittedMessages(5)
                    .startTime(1700000000000L)
                    .everLive(true)
                    .build();

    private final WebSocketEnumeratorState state =
            new WebSocketEnumeratorState(
                    List.of(WebSocketSplit.fresh("a.example-00000001")),
                    List.of(WebSocketSplit.fresh("b.example-00000002"), WAITING));

    @Test
    void readsWhatItWrote() throws IOException {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(state)))
                .isEqualTo(state)
                .hasSameHashCodeAs(state);
    }

    @Test
    void readsWhatItWroteOfNothing() throws IOException {
        WebSocketEnumeratorState empty = new WebSocketEnumeratorState(List.of(), List.of());
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(empty)))
                .isEqualTo(empty);
    }

    @Test
    void readsTheFileOfVersion0() throws IOException {
        assertThat(serializer.deserialize(0, StateFiles.read("enumerator-v0.bin")))
                .isEqualTo(state);
    }

    /** Fails if the format changes without a new version. */
    @Test
    void readsAndWritesTheFileOfVersion1() throws IOException {
        byte[] file = StateFiles.read("enumerator-v1.bin");
        assertThat(serializer.deserialize(1, file)).isEqualTo(state);
        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(serializer.serialize(state)).isEqualTo(file);
    }

    @Test
    void keepsWhatANewerConnectorWrote() throws IOException {
        byte[] newer = StateFiles.read("enumerator-v1-with-unknown-fields.bin");
        assertThat(serializer.serialize(serializer.deserialize(1, newer))).isEqualTo(newer);
    }

    @Test
    void refusesAVersionItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }
}
