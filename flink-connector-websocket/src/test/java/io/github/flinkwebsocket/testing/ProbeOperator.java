package io.github.flinkwebsocket.testing;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.util.ArrayList;
import java.util.List;

/**
 * Shows a {@link Probe} what passes, keeps all records in its state, and hands them on. It has
 * union list state, too, as the writers of Flink's filesystem tables have.
 */
final class ProbeOperator extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<String, String> {

    private static final long serialVersionUID = 1L;

    private final transient Probe probe;
    private transient List<String> seen;
    private transient ListState<String> state;

    private ProbeOperator(StreamOperatorParameters<String> parameters, String probe) {
        this.probe = Probe.find(probe);
        setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("seen", String.class));
        context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("union", String.class));
        seen = new ArrayList<>();
        state.get().forEach(seen::add);
        probe.counted(seen);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(seen);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        probe.checkpoint();
    }

    @Override
    public void processElement(StreamRecord<String> element) throws Exception {
        seen.add(element.getValue());
        probe.counted(seen);
        probe.record(element.getValue());
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        probe.watermark(mark.getTimestamp());
        super.processWatermark(mark);
    }

    /** Makes the operators; chains them to what is before them. */
    static final class Factory extends AbstractStreamOperatorFactory<String>
            implements OneInputStreamOperatorFactory<String, String> {

        private static final long serialVersionUID = 1L;

        private final String probe;

        Factory(Probe probe) {
            this.probe = probe.id();
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Flink has it so
        public <T extends StreamOperator<String>> T createStreamOperator(
                StreamOperatorParameters<String> parameters) {
            return (T) new ProbeOperator(parameters, probe);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return ProbeOperator.class;
        }
    }
}
