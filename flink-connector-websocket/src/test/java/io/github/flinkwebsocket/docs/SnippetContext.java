package io.github.flinkwebsocket.docs;

import io.github.flinkwebsocket.source.WebSocketSource;
import io.github.flinkwebsocket.source.WebSocketSourceBuilder;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the Java code of the docs may take for granted; is compiled, never run. */
public abstract class SnippetContext {

    protected StreamExecutionEnvironment env;
    protected WebSocketSourceBuilder<Trade> builder;
    protected WebSocketSource<Trade> source;
    protected String password;

    /** A record of the readers. */
    public static final class Trade {

        public String symbol;
        public double price;
        public long time;
        public String venue;

        public Trade withVenue(String newVenue) {
            venue = newVenue;
            return this;
        }
    }
}
