package io.github.flinkwebsocket.benchmarks;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.RuntimeContextInitializationContextAdapters;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.source.legacy.RichSourceFunction;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The source that people write: the stock client puts strings into a queue, the source function
 * takes them out. The queue is bounded here, since otherwise the measurement runs out of memory.
 *
 * @param <T> strings, or what a schema makes of them
 */
@SuppressWarnings("deprecation") // the interface that such sources still use
final class NaiveSource<T> extends RichSourceFunction<T> {

    private static final long serialVersionUID = 1L;

    private final URI uri;
    @Nullable private final DeserializationSchema<T> schema;

    private NaiveSource(URI uri, @Nullable DeserializationSchema<T> schema) {
        this.uri = uri;
        this.schema = schema;
    }

    static NaiveSource<String> strings(URI uri) {
        return new NaiveSource<>(uri, null);
    }

    static <T> NaiveSource<T> decoding(URI uri, DeserializationSchema<T> schema) {
        return new NaiveSource<>(uri, schema);
    }

    @SuppressWarnings("unchecked")
    TypeInformation<T> type() {
        return schema == null ? (TypeInformation<T>) Types.STRING : schema.getProducedType();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void run(SourceContext<T> context) throws Exception {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>(100_000);
        new StockClient(uri, message -> putInto(queue, message)).connect();
        if (schema == null) {
            while (true) {
                T record = (T) queue.take();
                synchronized (context.getCheckpointLock()) {
                    context.collect(record);
                }
            }
        }
        schema.open(
                RuntimeContextInitializationContextAdapters.deserializationAdapter(
                        getRuntimeContext()));
        Collector<T> collector = new ContextCollector<>(context);
        while (true) {
            byte[] bytes = queue.take().getBytes(StandardCharsets.UTF_8);
            synchronized (context.getCheckpointLock()) {
                schema.deserialize(bytes, collector);
            }
        }
    }

    private static void putInto(BlockingQueue<String> queue, String message) {
        try {
            queue.put(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The job ends with its JVM. */
    @Override
    public void cancel() {}

    /** Collects into the context of a source function. */
    private static final class ContextCollector<T> implements Collector<T> {

        private final SourceContext<T> context;

        ContextCollector(SourceContext<T> context) {
            this.context = context;
        }

        @Override
        public void collect(T record) {
            context.collect(record);
        }

        @Override
        public void close() {}
    }
}
