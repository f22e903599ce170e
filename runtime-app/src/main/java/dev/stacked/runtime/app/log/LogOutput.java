package dev.stacked.runtime.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.stacked.runtime.app.options.LogFormat;
import dev.stacked.runtime.app.options.LogOptions;
import org.slf4j.LoggerFactory;

/** Sets up the log of the process. */
public final class LogOutput {
    /** The appender and the property of our {@code logback.xml}. Another configuration has neither and is left alone. */
    private static final String APPENDER = "STDERR";

    private static final String PATTERN = "TEXT_PATTERN";

    private LogOutput() {}

    /** Follows the options where the log goes through Logback and nobody has configured that in another way. */
    public static void configure(LogOptions options) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            configure(context, options);
        }
    }

    static void configure(LoggerContext context, LogOptions options) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(APPENDER) instanceof OutputStreamAppender<ILoggingEvent> appender) {
            Level level = Level.valueOf(options.level().name());
            root.setLevel(level);
            appender.stop();
            appender.setEncoder(options.format() == LogFormat.JSON ? json(context) : text(context));
            appender.clearAllFilters();
            appender.addFilter(threshold(level));
            appender.start();
        }
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(context.getProperty(PATTERN));
        encoder.start();
        return encoder;
    }

    /** Without what is the same in every line, or said twice. */
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

    /** For the loggers that have a level of their own in the configuration. */
    private static ThresholdFilter threshold(Level level) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level.levelStr);
        filter.start();
        return filter;
    }
}
