package io.github.flinkwebsocket.testing;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all that the connector, or the whole JVM, logs, down to TRACE, while it is open. */
public final class LogCapture implements AutoCloseable {

    private static final String OURS = "io.github.flinkwebsocket";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final LoggerConfig logger;
    private final Level levelBefore;
    private final AbstractAppender appender =
            new AbstractAppender("capture", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    StringWriter text = new StringWriter();
                    text.append(event.getLevel() + " " + event.getMessage().getFormattedMessage());
                    if (event.getThrown() != null) {
                        event.getThrown().printStackTrace(new PrintWriter(text));
                    }
                    lines.add(text.toString());
                }
            };

    public LogCapture() {
        this(OURS);
    }

    private LogCapture(String name) {
        logger = context.getConfiguration().getLoggerConfig(name);
        levelBefore = logger.getLevel();
        appender.start();
        logger.addAppender(appender, null, null);
        logger.setLevel(Level.TRACE);
        context.updateLoggers();
    }

    /** With all loggers that have no level of their own, as those of libraries. */
    public static LogCapture ofAll() {
        return new LogCapture(LogManager.ROOT_LOGGER_NAME);
    }

    /** Level, message and stack trace of each event, in order. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.removeAppender("capture");
        logger.setLevel(levelBefore);
        context.updateLoggers();
    }
}
