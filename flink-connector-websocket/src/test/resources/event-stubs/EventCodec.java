package io.github.flinkwebsocket.message.event;

import java.util.Map;

public interface EventCodec {
    static EventCodec named(String name, Map<String, String> settings) {
        return null;
    }
}
