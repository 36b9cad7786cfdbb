package io.github.flinkwebsocket.session;

import io.github.flinkwebsocket.connection.Termination;
import io.github.flinkwebsocket.connection.UpgradeResponse;
import io.github.flinkwebsocket.feed.RetrySettings;

import org.apache.flink.annotation.Internal;

import java.util.concurrent.TimeUnit;

/** Tells what may follow the end of a connection. Any thread. */
@Internal
final class RetryRule {

    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final long LATER = TimeUnit.SECONDS.toMillis(30);
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

    /**
     * The longest of the random waits that keep clients from coming back all at once, when the
     * server has sent all of them away.
     *
     * @param restartDelay the one for a restart
     */
    static long spread(Termination termination, long restartDelay) {
        if (!termination.isRemote()) {
            return 0;
        }
        switch (termination.code()) {
            case SERVICE_RESTART:
                return restartDelay;
            case TRY_AGAIN_LATER:
                return LATER;
            default:
                return 0;
        }
    }

    /**
     * How many milliseconds the server asked to wait (Retry-After, RFC 9110, section 10.2.3), one
     * hour at most; 0 if it did not.
     */
    static long retryAfter(Termination termination, long now) {
        UpgradeResponse refusal = termination.refusal();
        String value = refusal == null ? null : refusal.header("Retry-After");
        if (value == null) {
            return 0;
        }
        if (value.matches("[0-9]+")) {
            String seconds = value.replaceFirst("^0+", "");
            return seconds.length() > 9
                    ? MAX_RETRY_AFTER
                    : Math.min(MAX_RETRY_AFTER, 1000 * Long.parseLong("0" + seconds));
        }
        Long date = HttpDate.parse(value, now);
        return date == null ? 0 : Math.min(MAX_RETRY_AFTER, Math.max(0, date - now));
    }
}
