package io.github.flinkwebsocket.connection;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket that remembers why it failed first, which the library forgets, and that can be waited
 * for until it is closed. Thread-safe as sockets are.
 */
@Internal
final class ConnectionSocket extends Socket {

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    /** Why the first read or write that failed did so, or null. */
    @Nullable
    IOException failure() {
        return failure.get();
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
                    failure.compareAndSet(null, e);
                    throw e;
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
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
