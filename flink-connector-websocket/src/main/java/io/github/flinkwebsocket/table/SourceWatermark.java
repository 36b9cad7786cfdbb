package io.github.flinkwebsocket.table;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.watermark.WatermarkEmitStrategy;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.Objects;

/**
 * What {@code SOURCE_WATERMARK()} stands for: timestamps of messages that ascend within a split.
 * The planner applies the options {@code scan.watermark.*} to other watermarks only, so they are
 * read here. Immutable; used where the query is planned.
 */
@Internal
final class SourceWatermark {

    private final WatermarkEmitStrategy emitStrategy;
    private final Duration idleTimeout;
    @Nullable private final String alignmentGroup;
    @Nullable private final Duration alignmentMaxDrift;
    private final Duration alignmentInterval;

    private SourceWatermark(ReadableConfig options, ReadableConfig session) {
        emitStrategy = options.get(FactoryUtil.WATERMARK_EMIT_STRATEGY);
        idleTimeout =
                options.getOptional(FactoryUtil.SOURCE_IDLE_TIMEOUT)
                        .orElseGet(
                                () ->
                                        session.get(
                                                ExecutionConfigOptions
                                                        .TABLE_EXEC_SOURCE_IDLE_TIMEOUT));
        alignmentGroup = options.getOptional(FactoryUtil.WATERMARK_ALIGNMENT_GROUP).orElse(null);
        alignmentMaxDrift =
                options.getOptional(FactoryUtil.WATERMARK_ALIGNMENT_MAX_DRIFT).orElse(null);
        alignmentInterval = options.get(FactoryUtil.WATERMARK_ALIGNMENT_UPDATE_INTERVAL);
    }

    /**
     * @param options those of the table, validated by the factory helper
     * @param session the configuration of the session
     */
    static SourceWatermark read(ReadableConfig options, ReadableConfig session) {
        return new SourceWatermark(options, session);
    }

    /**
     * @throws ValidationException if an option asks for what is not there
     */
    WatermarkStrategy<RowData> strategy() {
        if (emitStrategy.isOnEvent()) {
            throw new ValidationException(
                    String.format(
                            "The option '%s' has the value '%s'; with SOURCE_WATERMARK() watermarks are"
                                    + " emitted periodically, so it must be 'on-periodic'.",
                            FactoryUtil.WATERMARK_EMIT_STRATEGY.key(), emitStrategy));
        }
        WatermarkStrategy<RowData> strategy = WatermarkStrategy.forMonotonousTimestamps();
        if (!idleTimeout.isZero()) {
            strategy = strategy.withIdleness(idleTimeout);
        }
        return alignmentGroup == null || alignmentMaxDrift == null
                ? strategy
                : strategy.withWatermarkAlignment(
                        alignmentGroup, alignmentMaxDrift, alignmentInterval);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof SourceWatermark)) {
            return false;
        }
        SourceWatermark that = (SourceWatermark) other;
        return emitStrategy == that.emitStrategy
                && idleTimeout.equals(that.idleTimeout)
                && Objects.equals(alignmentGroup, that.alignmentGroup)
                && Objects.equals(alignmentMaxDrift, that.alignmentMaxDrift)
                && alignmentInterval.equals(that.alignmentInterval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                emitStrategy, idleTimeout, alignmentGroup, alignmentMaxDrift, alignmentInterval);
    }
}
