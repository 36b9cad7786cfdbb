package io.github.flinkwebsocket.message;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.Arrays;

/**
 * The messages of one socket read, in order: what the I/O thread hands to the task thread. A small
 * deque that is filled by one thread, then owned by another; not thread-safe by itself.
 */
@Internal
public final class MessageBatch {

    private WebSocketMessage[] messages;
    private int head;
    private int tail;
    private long bytes;

    /**
     * @param expected how many messages are likely; a guess that saves copies
     */
    public MessageBatch(int expected) {
        this.messages = new WebSocketMessage[Math.max(1, expected)];
    }

    /** Appends a message. */
    public void add(WebSocketMessage message) {
        if (tail == messages.length) {
            messages = Arrays.copyOf(messages, messages.length * 2);
        }
        messages[tail++] = message;
        bytes += message.getPayload().length;
    }

    /** Takes the oldest message, or null if there is none. */
    @Nullable
    public WebSocketMessage pollFirst() {
        if (head == tail) {
            return null;
        }
        WebSocketMessage message = messages[head];
        messages[head++] = null;
        bytes -= message.getPayload().length;
        return message;
    }

    /** Takes the newest message, or null if there is none. */
    @Nullable
    public WebSocketMessage pollLast() {
        if (head == tail) {
            return null;
        }
        WebSocketMessage message = messages[--tail];
        messages[tail] = null;
        bytes -= message.getPayload().length;
        return message;
    }

    /** How many messages are left. */
    public int size() {
        return tail - head;
    }

    public boolean isEmpty() {
        return head == tail;
    }

    /** The payload bytes of the messages that are left. */
    public long bytes() {
        return bytes;
    }
}
