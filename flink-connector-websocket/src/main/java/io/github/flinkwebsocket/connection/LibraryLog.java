package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * Silences the library, which at TRACE logs the bytes of every request and message, credentials
 * among them. Whatever it reports as an error reaches the {@link WebSocketConnection} in another
 * way.
 *
 * <p>Its objects have a logger of their own each, in a private field, and call it where nothing can
 * be overridden. A level could be set only through one logging framework, until it reads its
 * configuration anew.
 */
@Internal
final class LibraryLog {

    /**
     * Takes the logger away from an object of the library. Any thread, before the object is used.
     *
     * @throws IllegalStateException if this JVM does not allow it
     */
    static void silence(Object part) {
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Logger.class && !Modifier.isStatic(field.getModifiers())) {
                    silence(part, field);
                }
            }
        }
    }

    private static void silence(Object part, Field field) {
        try {
            field.setAccessible(true);
            field.set(part, NOPLogger.NOP_LOGGER);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new IllegalStateException(
                    "The logger of "
                            + field.getDeclaringClass().getName()
                            + ", which would log credentials, can't be silenced.",
                    e);
        }
    }

    private LibraryLog() {}
}
