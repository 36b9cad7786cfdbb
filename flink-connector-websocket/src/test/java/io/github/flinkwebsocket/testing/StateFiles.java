package io.github.flinkwebsocket.testing;

import java.io.IOException;
import java.io.InputStream;

/** The states that versions of the connector wrote. */
public final class StateFiles {

    /** The bytes of a file in the folder of states. */
    public static byte[] read(String name) throws IOException {
        try (InputStream in = StateFiles.class.getResourceAsStream("/state/" + name)) {
            if (in == null) {
                throw new IOException("There is no state " + name + ".");
            }
            return in.readAllBytes();
        }
    }

    private StateFiles() {}
}
