package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeRefusedException;
import io.github.flinkwebsocket.connection.UpgradeResponse;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells which ends of a connection a new attempt can't mend. Any thread. */
@Internal
final class RetryRule {

    private static final Set<Integer> FATAL_STATUS = Set.of(400, 401, 403, 404, 410);
    private static final Set<Integer> RETRY_AFTER_STATUS = Set.of(429, 503);
    private static final long MAX_RETRY_AFTER = TimeUnit.HOURS.toMillis(1);

    /** Whether the job must fail instead of trying again. */
    static boolean isFatal(Termination termination) {
        UpgradeResponse refusal = refusal(termination);
        return refusal != null && FATAL_STATUS.contains(refusal.status());
    }

    /**
     * How many milliseconds the server asked to wait (Retry-After, RFC 9110, section 10.2.3), one
     * hour at most; 0 if it did not.
     */
    static long retryAfter(Termination termination, long now) {
        UpgradeResponse refusal = refusal(termination);
        if (refusal == null || !RETRY_AFTER_STATUS.contains(refusal.status())) {
            return 0;
        }
        String value = refusal.header("Retry-After");
        if (value == null) {
            return 0;
        }
        if (value.matches("[0-9]{1,9}")) {
            return Math.min(MAX_RETRY_AFTER, TimeUnit.SECONDS.toMillis(Long.parseLong(value)));
        }
        try {
            Instant date =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Math.min(MAX_RETRY_AFTER, Math.max(0, date.toEpochMilli() - now));
        } catch (DateTimeException e) {
            return 0;
        }
    }

    @Nullable
    private static UpgradeResponse refusal(Termination termination) {
        return termination.cause() instanceof UpgradeRefusedException
                ? ((UpgradeRefusedException) termination.cause()).response()
                : null;
    }

    private RetryRule() {}
}
