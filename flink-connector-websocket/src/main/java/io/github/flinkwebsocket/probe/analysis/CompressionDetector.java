package io.github.flinkwebsocket.probe.analysis;

import io.github.flinkwebsocket.feed.MessageCompression;
import io.github.flinkwebsocket.feed.WebSocketOptions;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Finds out how binary messages are compressed: by trying. Any thread. */
@Internal
final class CompressionDetector {

    /** Enough to tell; decompressing all would only cost time. */
    private static final int TRIED = 20;

    private static final List<MessageCompression> CANDIDATES =
            List.of(
                    MessageCompression.GZIP,
                    MessageCompression.ZSTD,
                    MessageCompression.ZLIB,
                    MessageCompression.DEFLATE);

    /**
     * @param options what the user has set
     */
    static MessageCompression detect(Configuration options, List<WebSocketMessage> messages) {
        List<WebSocketMessage> binary =
                messages.stream()
                        .filter(m -> !m.isText() && m.getPayload().length > 0)
                        .limit(TRIED)
                        .collect(Collectors.toList());
        if (binary.isEmpty() || mostlyText(binary)) {
            return MessageCompression.NONE;
        }
        for (MessageCompression candidate : CANDIDATES) {
            Configuration tried = new Configuration(options);
            tried.set(WebSocketOptions.MESSAGE_COMPRESSION, candidate);
            Trial trial = Trial.run(tried, binary);
            // Without a header and a checksum, anything may look compressed.
            if (isMost(trial.parts().size(), binary.size())
                    && (candidate != MessageCompression.DEFLATE || mostlyText(trial.parts()))) {
                return candidate;
            }
        }
        return MessageCompression.NONE;
    }

    private static boolean mostlyText(List<WebSocketMessage> messages) {
        return isMost(
                messages.stream().filter(m -> isUtf8(m.getPayload())).count(), messages.size());
    }

    private static boolean isMost(long part, int all) {
        return part * 10 >= all * 8L;
    }

    /** Whether the bytes are text. */
    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private CompressionDetector() {}
}
