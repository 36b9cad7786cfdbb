package io.github.flinkwebsocket.source;

import io.github.flinkwebsocket.feed.Feed;
import io.github.flinkwebsocket.message.RecordEnricher;
import io.github.flinkwebsocket.message.WebSocketDeserializationSchema;
import io.github.flinkwebsocket.position.PositionExtractor;
import io.github.flinkwebsocket.source.enumerator.WebSocketEnumeratorState;
import io.github.flinkwebsocket.source.enumerator.WebSocketEnumeratorStateSerializer;
import io.github.flinkwebsocket.source.enumerator.WebSocketSplitEnumerator;
import io.github.flinkwebsocket.source.reader.WebSocketSourceReader;
import io.github.flinkwebsocket.source.split.WebSocketSplit;
import io.github.flinkwebsocket.source.split.WebSocketSplitSerializer;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.annotation.VisibleForTesting;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.util.UserCodeClassLoader;

import javax.annotation.Nullable;

/**
 * A source (FLIP-27) that reads WebSocket feeds (RFC 6455) as a client: one connection, and one
 * split, for each URL, opened again whenever it ends.
 *
 * <pre>{@code
 * WebSocketSource<String> source =
 *         WebSocketSource.<String>builder()
 *                 .setUrls("wss://feed.example/stream")
 *                 .addOpenMessage("{\"op\":\"subscribe\",\"args\":[\"trades\"]}")
 *                 .setDeserializer(WebSocketDeserializationSchema.text())
 *                 .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "trades");
 * }</pre>
 *
 * <p>A WebSocket has no history. What the server sends while there is no connection is lost, unless
 * the server can replay and the feed has a position: then every connection continues after the last
 * message emitted, or the last one in the checkpoint.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class WebSocketSource<T>
        implements Source<T, WebSocketSplit, WebSocketEnumeratorState>,
                ResultTypeQueryable<T>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final Feed feed;
    private final WebSocketDeserializationSchema<T> deserializer;
    @Nullable private final PositionExtractor positionExtractor;
    @Nullable private final RecordEnricher<T> enricher;
    private final long recordLimit;

    WebSocketSource(
            Feed feed,
            WebSocketDeserializationSchema<T> deserializer,
            @Nullable PositionExtractor positionExtractor,
            @Nullable RecordEnricher<T> enricher,
            long recordLimit) {
        this.feed = feed;
        this.deserializer = deserializer;
        this.positionExtractor = positionExtractor;
        this.enricher = enricher;
        this.recordLimit = recordLimit;
    }

    /** Starts to describe a source; see {@link WebSocketSourceBuilder}. */
    public static <T> WebSocketSourceBuilder<T> builder() {
        return new WebSocketSourceBuilder<>();
    }

    /** Bounded if one of the {@code bounded.*} options is set. */
    @Override
    public Boundedness getBoundedness() {
        return isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    private boolean isBounded() {
        return feed.bounds().isBounded() || recordLimit != Long.MAX_VALUE;
    }

    @Override
    public SourceReader<T, WebSocketSplit> createReader(SourceReaderContext context)
            throws Exception {
        deserializer.open(
                new DeserializationSchema.InitializationContext() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return context.metricGroup().addGroup("deserializer");
                    }

                    @Override
                    public UserCodeClassLoader getUserCodeClassLoader() {
                        return context.getUserCodeClassLoader();
                    }
                });
        return new WebSocketSourceReader<>(
                feed, deserializer, positionExtractor, enricher, recordLimit, context);
    }

    @Override
    public SplitEnumerator<WebSocketSplit, WebSocketEnumeratorState> createEnumerator(
            SplitEnumeratorContext<WebSocketSplit> context) {
        return new WebSocketSplitEnumerator(context, feed, isBounded(), null);
    }

    @Override
    public SplitEnumerator<WebSocketSplit, WebSocketEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<WebSocketSplit> context, WebSocketEnumeratorState state) {
        return new WebSocketSplitEnumerator(context, feed, isBounded(), state);
    }

    @Override
    public SimpleVersionedSerializer<WebSocketSplit> getSplitSerializer() {
        return WebSocketSplitSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<WebSocketEnumeratorState> getEnumeratorCheckpointSerializer() {
        return WebSocketEnumeratorStateSerializer.INSTANCE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return deserializer.getProducedType();
    }

    /** One dataset for each endpoint, without secrets. */
    @Override
    public LineageVertex getLineageVertex() {
        return new FeedLineageVertex(feed, getBoundedness());
    }

    @VisibleForTesting
    Feed feed() {
        return feed;
    }

    /** Names the endpoints, without secrets. */
    @Override
    public String toString() {
        return "WebSocketSource" + feed;
    }
}
