package io.github.flinkwebsocket.source.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator's answer to a reader for which it has no split: it need not be waited for, but may
 * get one later. Stateless; any thread.
 */
@Internal
public final class NoSplitEvent implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
