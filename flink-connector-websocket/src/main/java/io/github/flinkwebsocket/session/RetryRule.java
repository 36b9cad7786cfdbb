package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeResponse;
import io.github.flinkwebsocket.feed.RetrySettings;

import org.apache.flink.annotation.Internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells what may follow the end of a connection. Any thread. */
@Internal
final class RetryRule {

    private static final Set<Integer> RETRY_AFTER_STATUSES = Set.of(429, 503);
    private static final long MAX_RETRY_AFTER = TimeUnit.HOURS.toMillis(1);

    private final RetrySettings settings;

    RetryRule(RetrySettings settings) {
        this.settings = settings;
    }

    /** Whether another attempt can't mend it, so that the job must fail. */
    boolean isFatal(Termination termination) {
        UpgradeResponse refusal = termination.refusal();
        return refusal != null
                ? settings.fatalStatuses().contains(refusal.status())
                : termination.isRemote() && settings.fatalCloseCodes().contains(termination.code());
    }

    /** Whether the next attempt may begin without a wait. */
    boolean isAtOnce(Termination termination) {
        return termination.isRemote() && settings.atOnceCloseCodes().contains(termination.code());
    }

    /**
     * How many milliseconds the server asked to wait (Retry-After, RFC 9110, section 10.2.3), one
     * hour at most; 0 if it did not.
     */
    static long retryAfter(Termination termination, long now) {
        UpgradeResponse refusal = termination.refusal();
        if (refusal == null || !RETRY_AFTER_STATUSES.contains(refusal.status())) {
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
}
