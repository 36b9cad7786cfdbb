package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says that parts of a message are no events, after its events have been emitted. Does not quote
 * the message. Task thread.
 */
@Internal
final class EventDecodingException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<Supplier<String>> parts;

    /**
     * @param codec the name of the codec
     * @param parts the texts of the parts
     * @param reason what is wrong with the first of them
     */
    EventDecodingException(String codec, List<Supplier<String>> parts, String reason) {
        super(
                parts.size() == 1
                        ? String.format("The codec '%s' can't decode it: %s.", codec, reason)
                        : String.format(
                                "The codec '%s' can't decode %d parts of it; the first: %s.",
                                codec, parts.size(), reason));
        this.parts = parts;
    }

    /** The texts of the parts that are no events. */
    List<Supplier<String>> parts() {
        return parts == null ? List.of() : parts;
    }
}
