package io.github.flinkwebsocket.benchmarks;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;

import java.net.URI;
import java.util.stream.IntStream;

/**
 * A JVM that receives: waits for the first message, lets some time pass for the compiler, and
 * prints what the next messages cost. Arguments: row, or {@code idle}; port; size, or number of
 * idle connections; messages a second, or 0 for as many as possible; milliseconds of warm-up and of
 * measuring.
 */
final class ReceiverMain {

    private static final long START_MILLIS = 60_000;

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        int size = Integer.parseInt(args[2]);
        int rate = Integer.parseInt(args[3]);
        long warmUp = Long.parseLong(args[4]);
        long millis = Long.parseLong(args[5]);
        Child.endWithParent();
        Child.endAfter(START_MILLIS + warmUp + millis);
        boolean idle = args[0].equals("idle");
        if (idle) {
            Child.daemon(() -> receiveNothing(port, size));
        } else {
            URI uri =
                    URI.create(
                            "ws://127.0.0.1:"
                                    + port
                                    + (rate == 0 ? "/flood" : "/paced")
                                    + "?size="
                                    + size
                                    + "&rate="
                                    + rate
                                    + "&envelope="
                                    + (Row.of(args[0]).envelope() ? 1 : 0));
            Receiver receiver = Row.of(args[0]).receiver(size);
            Child.daemon(() -> receiver.receive(uri));
        }
        while (Counter.get() < (idle ? size : 1)) {
            Thread.sleep(10);
        }
        Thread.sleep(warmUp);
        Measurement start = Measurement.now();
        Thread.sleep(millis);
        System.out.println(Measurement.now().since(start));
        Runtime.getRuntime().halt(0);
    }

    private static void receiveNothing(int port, int connections) throws Exception {
        FlinkJob.ownSource(
                WebSocketDeserializationSchema.bytes(),
                IntStream.range(0, connections)
                        .mapToObj(i -> "ws://127.0.0.1:" + port + "/idle?number=" + i)
                        .toArray(String[]::new));
    }

    private ReceiverMain() {}
}
