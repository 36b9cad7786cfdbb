package io.github.flinkwebsocket.message.event;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Flink's own checks of serializers, and those of the format. */
class WebSocketEventSerializerTest extends SerializerTestBase<WebSocketEvent> {

    private final WebSocketEventSerializer serializer = new WebSocketEventSerializer();

    @Override
    protected TypeSerializer<WebSocketEvent> createSerializer() {
        return new WebSocketEventSerializer();
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<WebSocketEvent> getTypeClass() {
        return WebSocketEvent.class;
    }

    @Override
    protected WebSocketEvent[] getTestData() {
        ObjectNode own = Events.event("{}").toJson();
        own.put("short", (short) -3).put("long", 1L).put("float", 0.1f).put("double", -0.0);
        own.put("binary", new byte[] {1, 2, 3});
        WebSocketEvent large = Events.event("{}");
        large.set("text", "x".repeat(3_000_000));
        return new WebSocketEvent[] {
            Events.event("{}"),
            everyKindOfValue(),
            WebSocketEvent.of(own, Events.RECEIVED),
            large,
            Events.event("{'deep':" + "[".repeat(900) + "]".repeat(900) + "}")
        };
    }

    private static WebSocketEvent everyKindOfValue() {
        return Events.event(
                "{'null':null,'yes':true,'no':false,'int':-2147483648,'long':2147483648,"
                        + "'big':-123456789012345678901234567,'decimal':1.10,'small':-1E-400,"
                        + "'bigDecimal':123456789012345678901234567.890,'text':'\u00e4\u20ac\ud83d\ude00',"
                        + "'half':'\\ud83d','\u20ac':'','list':[1,[],{}],'object':{'a':{'b':[null]}},"
                        + "'tags':['a'],'type':'t'}");
    }

    /** Fails if the format changes without a new version. */
    @Test
    void readsAndWritesTheFileOfFormat0() throws IOException {
        byte[] file = resource("event-v0.bin");
        assertThat(serializer.deserialize(new DataInputDeserializer(file)))
                .isEqualTo(everyKindOfValue());
        assertThat(WebSocketEventSerializer.FORMAT).isZero();
        assertThat(bytes(everyKindOfValue())).isEqualTo(file);
    }

    @Test
    void readsTheSnapshotOfFormat0() throws IOException {
        byte[] file = resource("event-serializer-snapshot-v0.bin");
        TypeSerializerSnapshot<WebSocketEvent> old =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(file), getClass().getClassLoader());
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(old)
                                .isCompatibleAsIs())
                .isTrue();
        assertThat(old.restoreSerializer()).isEqualTo(serializer);
        assertThat(snapshotBytes()).isEqualTo(file);
    }

    @Test
    void stateOfANewerFormatIsIncompatible() throws IOException {
        WebSocketEventSerializerSnapshot newer = new WebSocketEventSerializerSnapshot();
        newer.readSnapshot(0, new DataInputDeserializer(new byte[] {1}), null);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(newer)
                                .isIncompatible())
                .isTrue();
        assertThatThrownBy(() -> newer.readSnapshot(9, null, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void eventsOfANewerFormatAreRefused() {
        byte[] newer = {1, 0, 0, 0, 0};
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(newer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1");
        assertThatThrownBy(
                        () ->
                                serializer.copy(
                                        new DataInputDeserializer(newer),
                                        new DataOutputSerializer(16)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1");
    }

    @Test
    void damagedBytesAreAnErrorAndNothingElse() throws IOException {
        byte[] good = bytes(everyKindOfValue());
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j < 3; j++) {
                bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt();
            }
            try {
                serializer.deserialize(new DataInputDeserializer(bad)).toJson();
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("The bytes of an event");
            }
        }
    }

    @Test
    void valuesThatJsonDoesNotHaveAreRefused() {
        ObjectNode nan = EventJson.NODES.objectNode().put("x", Double.NaN);
        assertThatThrownBy(() -> bytes(WebSocketEvent.ofComplete(nan)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NaN");
        ObjectNode pojo = EventJson.NODES.objectNode().putPOJO("x", new Object());
        assertThatThrownBy(() -> bytes(WebSocketEvent.ofComplete(pojo)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("POJO");
    }

    @Test
    void aCopySharesNothingThatCanChange() {
        WebSocketEvent event = everyKindOfValue();
        WebSocketEvent copy = serializer.copy(event);
        copy.set("[object][a][b][0]", 1);
        copy.addTag("b");
        assertThat(event).isEqualTo(everyKindOfValue());
    }

    /** What is read keeps nothing of the buffer that the next event is read into. */
    @Test
    void eventsDoNotShareTheBuffer() throws IOException {
        WebSocketEvent first =
                serializer.deserialize(new DataInputDeserializer(bytes(everyKindOfValue())));
        byte[] zeros = bytes(everyKindOfValue());
        Arrays.fill(zeros, 5, zeros.length, (byte) 0);
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(zeros)));
        assertThat(first).isEqualTo(everyKindOfValue());
    }

    private byte[] bytes(WebSocketEvent event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(event, out);
        return out.getCopyOfBuffer();
    }

    private byte[] snapshotBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return out.getCopyOfBuffer();
    }

    private byte[] resource(String name) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/state/" + name)) {
            return in.readAllBytes();
        }
    }
}
