package dev.stacked.runtime.app.internal.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.stacked.runtime.app.internal.options.LogOptions;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Configures the log of the process. */
public final class LogOutput {
    /** Appender and property of our {@code logback.xml}. A configuration without them is left alone. */
    private static final String APPENDER = "STDERR";

    private static final String PATTERN = "TEXT_PATTERN";

    private static final Duration MAX_FLUSH = Duration.ofSeconds(1);

    private static volatile @Nullable QueuedAppender queue;

    private LogOutput() {}

    /**
     * Configures Logback, if it is in use. The options apply to our own configuration only.
     *
     * @param failures receives every logged exception, since libraries may catch errors that must not be caught; called
     *     on the logging thread
     */
    public static void configure(LogOptions options, Consumer<Throwable> failures) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            if (context.getTurboFilterList().stream().noneMatch(FailureFilter.class::isInstance)) {
                context.addTurboFilter(new FailureFilter(failures));
            }
            configure(context, options);
        }
    }

    static void configure(LoggerContext context, LogOptions options) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> present = root.getAppender(APPENDER);
        Appender<ILoggingEvent> target = present instanceof QueuedAppender queued ? queued.target() : present;
        if (target instanceof OutputStreamAppender<ILoggingEvent> output) {
            if (present instanceof QueuedAppender queued) {
                queued.flush(MAX_FLUSH);
                queued.stop();
            }
            Level level = Level.valueOf(options.level().name());
            root.setLevel(level);
            output.stop();
            output.setEncoder(options.format() == LogOptions.Format.JSON ? json(context) : text(context));
            output.start();
            root.detachAppender(present);
            root.addAppender(queued(output, level));
        }
    }

    private static QueuedAppender queued(Appender<ILoggingEvent> output, Level level) {
        QueuedAppender queued = new QueuedAppender(output);
        queued.setContext(output.getContext());
        queued.setName(APPENDER);
        queued.addFilter(threshold(level));
        queued.start();
        queue = queued;
        return queued;
    }

    /** Waits until earlier lines are written, but only briefly, since the output may have no reader. */
    public static void flush() {
        QueuedAppender queued = queue;
        if (queued != null) {
            queued.flush(MAX_FLUSH);
        }
    }

    /** Number of lines dropped since the log was configured, because the output was too slow. */
    public static long dropped() {
        QueuedAppender queued = queue;
        return queued == null ? 0 : queued.dropped();
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(context.getProperty(PATTERN));
        encoder.start();
        return encoder;
    }

    /** Omits fields that are constant or redundant. */
    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }

    /** Enforces the level also for loggers with a level of their own in the configuration. */
    private static ThresholdFilter threshold(Level level) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level.levelStr);
        filter.start();
        return filter;
    }
}
