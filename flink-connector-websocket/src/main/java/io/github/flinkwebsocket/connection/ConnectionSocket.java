package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A socket that remembers why reading failed, which the library forgets, and that can be waited for
 * until it is closed. Thread-safe as sockets are.
 */
@Internal
final class ConnectionSocket extends Socket {

    private final CountDownLatch closed = new CountDownLatch(1);
    @Nullable private volatile IOException readFailure;

    /** Why the last read failed, or null. */
    @Nullable
    IOException readFailure() {
        return readFailure;
    }

    boolean awaitClosed(long millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                    return in.read(bytes, from, length);
                } catch (IOException e) {
                    readFailure = e;
                    throw e;
                }
            }
        };
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the latch needs no lock
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            closed.countDown();
        }
    }
}
