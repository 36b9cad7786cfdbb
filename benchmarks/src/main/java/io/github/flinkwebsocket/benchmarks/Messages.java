package io.github.flinkwebsocket.benchmarks;

import io.github.flinkwebsocket.feed.WebSocketOptions;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonParserRowDataDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The messages: JSON in ASCII, trades with twelve fields, the last one padded to the size. */
final class Messages {

    private static final int BYTES = 1 << 20;

    private static final String BEFORE_RECORD = "{\"data\":[";
    private static final String AFTER_RECORD = "]}";

    /**
     * Frames as a server sends them, one after the other, about 1 MiB.
     *
     * @param envelope whether each message is an array of one record in an object
     */
    static ByteBuffer frames(int size, boolean envelope) {
        int frame = frameSize(size);
        int count = Math.max(1, BYTES / frame);
        Random random = new Random(size);
        ByteBuffer frames = ByteBuffer.allocateDirect(count * frame);
        for (int i = 0; i < count; i++) {
            putHeader(frames, size);
            String message =
                    envelope
                            ? BEFORE_RECORD + json(i, random, size - envelopeSize()) + AFTER_RECORD
                            : json(i, random, size);
            frames.put(message.getBytes(StandardCharsets.US_ASCII));
        }
        return frames.flip();
    }

    private static int envelopeSize() {
        return BEFORE_RECORD.length() + AFTER_RECORD.length();
    }

    /** How a feed says where in such an envelope record and event time are. */
    static Configuration envelope() {
        Configuration options = new Configuration();
        options.set(WebSocketOptions.MESSAGE_RECORD, "/data/*");
        options.set(WebSocketOptions.MESSAGE_EVENT_TIME, "/data/*/time");
        return options;
    }

    static int frameSize(int size) {
        return size + (size < 126 ? 2 : size < 1 << 16 ? 4 : 10);
    }

    /** Final frame, text, unmasked (RFC 6455, section 5.2). */
    private static void putHeader(ByteBuffer to, int size) {
        to.put((byte) 0x81);
        if (size < 126) {
            to.put((byte) size);
        } else if (size < 1 << 16) {
            to.put((byte) 126).putShort((short) size);
        } else {
            to.put((byte) 127).putLong(size);
        }
    }

    private static String json(int number, Random random, int size) {
        long cents = 4_321_000L + random.nextInt(9_999);
        String start =
                String.format(
                        "{\"type\":\"trade\",\"time\":%d,\"symbol\":\"ABCUSD\",\"id\":%d,\"price\":%.2f,"
                                + "\"size\":%.4f,\"bid\":%.2f,\"ask\":%.2f,\"buy\":%b,"
                                + "\"venue\":\"main\",\"sequence\":%d,\"note\":\"",
                        1_760_000_000_000L + number,
                        100_000_000 + number,
                        cents / 100.0,
                        random.nextInt(9_999) / 10_000.0,
                        (cents - 1) / 100.0,
                        (cents + 1) / 100.0,
                        random.nextBoolean(),
                        number);
        int padding = size - start.length() - 2;
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "a message has at least " + (size - padding) + " bytes");
        }
        return start + "x".repeat(padding) + "\"}";
    }

    /** What the format {@code json} of a table with all twelve fields decodes with by default. */
    static DeserializationSchema<RowData> schema() {
        LogicalType text = VarCharType.STRING_TYPE;
        LogicalType integer = new BigIntType();
        LogicalType number = new DoubleType();
        RowType type =
                RowType.of(
                        new LogicalType[] {
                            text,
                            integer,
                            text,
                            integer,
                            number,
                            number,
                            number,
                            number,
                            new BooleanType(),
                            text,
                            integer,
                            text
                        },
                        new String[] {
                            "type", "time", "symbol", "id", "price", "size",
                            "bid", "ask", "buy", "venue", "sequence", "note"
                        });
        return new JsonParserRowDataDeserializationSchema(
                type, InternalTypeInfo.of(type), false, false, TimestampFormat.SQL);
    }

    private Messages() {}
}
