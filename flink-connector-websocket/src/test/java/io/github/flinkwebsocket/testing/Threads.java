package io.github.flinkwebsocket.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at the threads of this JVM. */
public final class Threads {

    /** Waits until no thread of a connection or of the library is left. */
    public static void awaitNoneOfConnections() {
        try {
            Await.until("all threads of connections are gone", () -> ofConnections().isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("Left behind: " + ofConnections(), e);
        }
    }

    private static String ofConnections() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(
                        name ->
                                name.startsWith("websocket-")
                                        || name.startsWith("WebSocket")
                                        || name.startsWith("connectionLostChecker"))
                .collect(Collectors.joining(", "));
    }

    /** Interrupts the threads whose names start so. */
    public static void interrupt(String threadName) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith(threadName))
                .forEach(Thread::interrupt);
    }

    /** Whether a thread whose name starts so lives. */
    public static boolean isAlive(String threadName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.isAlive() && t.getName().startsWith(threadName));
    }

    /** Whether a thread whose name starts so is in a method of this name. */
    public static boolean isIn(String method, String threadName) {
        for (Map.Entry<Thread, StackTraceElement[]> e : Thread.getAllStackTraces().entrySet()) {
            if (e.getKey().getName().startsWith(threadName)
                    && Arrays.stream(e.getValue())
                            .anyMatch(frame -> frame.getMethodName().equals(method))) {
                return true;
            }
        }
        return false;
    }

    private Threads() {}
}
