package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.StringData;

/**
 * Says in one bounded line why a message could not be decoded. Meant for a column: it may quote the
 * message. Runs on the task thread.
 */
@Internal
final class ErrorText {

    private static final int MAX_CAUSES = 5;
    private static final int MAX_LENGTH = 500;

    /** The messages of the exception and of its causes. */
    static StringData of(Throwable error) {
        StringBuilder text = new StringBuilder();
        Throwable cause = error;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            String message = firstLine(cause);
            if (text.indexOf(message) < 0) {
                text.append(i == 0 ? "" : " Caused by: ").append(message);
            }
            cause = cause.getCause();
        }
        return StringData.fromString(text.toString());
    }

    private static String firstLine(Throwable error) {
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getName();
        }
        String line = message.strip().lines().findFirst().orElse(message);
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    private ErrorText() {}
}
