package io.github.flinkwebsocket.position;

import io.github.flinkwebsocket.json.JsonName;
import io.github.flinkwebsocket.json.JsonScanner;
import io.github.flinkwebsocket.json.ValueFinder;
import io.github.flinkwebsocket.message.WebSocketMessage;

import org.apache.flink.annotation.Internal;

import com.fasterxml.jackson.core.JsonPointer;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.apache.flink.util.Preconditions.checkNotNull;

/**
 * Finds the position with a scanner, which reads all of the message: if a name is repeated, its
 * last value counts. Runs on the task thread.
 */
@Internal
final class JsonPointerExtractor implements PositionExtractor {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> segments;
    private transient JsonScanner scanner;
    private transient ValueFinder finder;

    JsonPointerExtractor(String pointer) {
        segments = new ArrayList<>(segments(pointer));
    }

    private static List<String> segments(String pointer) {
        List<String> segments = new ArrayList<>();
        JsonPointer rest =
                JsonPointer.compile(checkNotNull(pointer, "The JSON pointer must not be null."));
        for (; !rest.matches(); rest = rest.tail()) {
            segments.add(rest.getMatchingProperty());
        }
        return segments;
    }

    @Nullable
    @Override
    public String extract(WebSocketMessage message) throws IOException {
        if (finder == null) {
            scanner = new JsonScanner();
            finder = new ValueFinder(JsonName.of(segments));
        }
        byte[] payload = message.getPayload();
        scanner.reset(payload);
        if (scanner.isAtEnd()) {
            return null;
        }
        long place = finder.find(scanner, 0);
        scanner.checkEnd();
        int from = (int) (place >> 32);
        return place == ValueFinder.NOWHERE || "{[n".indexOf(payload[from]) >= 0
                ? null
                : scanner.scalar(from, (int) place);
    }
}
