package io.github.flinkwebsocket.message.event;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.lang.reflect.Type;
import java.util.Map;

/** Tells Flink's type extraction the type of events. Runs where the job is put together. */
@Internal
public final class WebSocketEventTypeInfoFactory extends TypeInfoFactory<WebSocketEvent> {

    @Override
    public TypeInformation<WebSocketEvent> createTypeInfo(
            Type type, Map<String, TypeInformation<?>> genericParameters) {
        return WebSocketEventTypeInfo.INSTANCE;
    }
}
