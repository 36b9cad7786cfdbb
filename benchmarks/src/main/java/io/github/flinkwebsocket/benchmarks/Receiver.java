package io.github.flinkwebsocket.benchmarks;

import java.net.URI;

/** One way to receive messages; counts them with {@link Counter}. */
interface Receiver {

    /** Receives until the JVM ends; may return at once if other threads go on. */
    void receive(URI uri) throws Exception;
}
