package io.github.flinkwebsocket.benchmarks;

import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs in a cluster within this JVM: a source and, chained to it, a sink that counts. */
final class FlinkJob {

    /** The connector's source, with one split for each URL. */
    static <T> void ownSource(WebSocketDeserializationSchema<T> schema, String... urls)
            throws Exception {
        ownSource(schema, new Configuration(), urls);
    }

    /** The same with further options. */
    static <T> void ownSource(
            WebSocketDeserializationSchema<T> schema, Configuration options, String... urls)
            throws Exception {
        WebSocketSource<T> source =
                WebSocketSource.<T>builder()
                        .setOptions(options)
                        .setUrls(urls)
                        .setDeserializer(schema)
                        .build();
        StreamExecutionEnvironment env = environment();
        run(env, env.fromSource(source, WatermarkStrategy.noWatermarks(), "own"));
    }

    /** The source that people write. */
    @SuppressWarnings("deprecation")
    static <T> void naiveSource(NaiveSource<T> source) throws Exception {
        StreamExecutionEnvironment env = environment();
        run(env, env.addSource(source, "naive", source.type()));
    }

    private static StreamExecutionEnvironment environment() {
        Configuration config = new Configuration();
        config.set(PipelineOptions.OBJECT_REUSE, true);
        config.set(RestOptions.BIND_PORT, "0");
        return StreamExecutionEnvironment.createLocalEnvironment(1, config);
    }

    private static <T> void run(StreamExecutionEnvironment env, DataStream<T> stream)
            throws Exception {
        stream.sinkTo(new CountingSink<>());
        env.execute();
    }

    /** Flink's discarding sink, which also counts. */
    private static final class CountingSink<T> implements Sink<T> {

        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<T> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(T record, Context ignored) {
                    Counter.add(1);
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }

    private FlinkJob() {}
}
