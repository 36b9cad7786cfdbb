package io.github.flinkwebsocket.message;

import io.github.flinkwebsocket.feed.EnrichmentSettings;

import org.apache.flink.annotation.Internal;

/**
 * A schema whose records have room for the options {@code add-field}, {@code tags} and {@code
 * type}. With other schemas those options are refused.
 *
 * @param <T> the type of the records
 */
@Internal
public interface EnrichingDeserializationSchema<T> extends WebSocketDeserializationSchema<T> {

    /** The same schema with these settings; called once, where the source is built. */
    WebSocketDeserializationSchema<T> withEnrichment(EnrichmentSettings enrichment);
}
