package io.github.flinkwebsocket.message.event;

import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.databind.JsonNode;

import javax.annotation.Nullable;

import java.time.Instant;

/** What the references of a template are looked up in. Task thread. */
@Internal
interface TemplateScope {

    /** A field of the event, or null. */
    @Nullable
    JsonNode field(FieldReference reference);

    /** The time of the event. */
    Instant timestamp();

    /** The message that the event came in. */
    WebSocketMessage message();
}
