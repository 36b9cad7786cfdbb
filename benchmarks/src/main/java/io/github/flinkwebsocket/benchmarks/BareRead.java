package io.github.flinkwebsocket.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Reads the bytes and looks at none of them: the physical limit. */
final class BareRead implements Receiver {

    private final int frameSize;

    BareRead(int size) {
        this.frameSize = Messages.frameSize(size);
    }

    @Override
    public void receive(URI uri) throws IOException {
        InputStream in = PlainSocket.connect(uri);
        byte[] buffer = new byte[PlainSocket.BUFFER];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            long before = bytes / frameSize;
            bytes += n;
            Counter.add(bytes / frameSize - before);
        }
    }
}
