package io.github.flinkwebsocket.table;

import io.github.flinkwebsocket.source.WebSocketSource;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.data.RowData;

import javax.annotation.Nullable;

import java.util.Optional;

/**
 * Puts the source into the job of a query. Not a {@code SourceProvider}, because the planner would
 * then leave out the watermark strategy. Runs where the query is planned.
 */
@Internal
final class WebSocketScanProvider implements DataStreamScanProvider {

    private final WebSocketSource<RowData> source;
    private final WatermarkStrategy<RowData> watermarks;
    private final String name;
    @Nullable private final Integer parallelism;

    /**
     * @param parallelism null for that of the environment
     */
    WebSocketScanProvider(
            WebSocketSource<RowData> source,
            WatermarkStrategy<RowData> watermarks,
            String name,
            @Nullable Integer parallelism) {
        this.source = source;
        this.watermarks = watermarks;
        this.name = name;
        this.parallelism = parallelism;
    }

    @Override
    public DataStream<RowData> produceDataStream(
            ProviderContext context, StreamExecutionEnvironment env) {
        DataStreamSource<RowData> stream = env.fromSource(source, watermarks, name);
        context.generateUid("websocket").ifPresent(stream::uid);
        return stream;
    }

    @Override
    public boolean isBounded() {
        return source.getBoundedness() == Boundedness.BOUNDED;
    }

    @Override
    public Optional<Integer> getParallelism() {
        return Optional.ofNullable(parallelism);
    }
}
