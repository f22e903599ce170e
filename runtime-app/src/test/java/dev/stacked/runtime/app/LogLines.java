package dev.stacked.runtime.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** The lines of one logger, from a level on, until it is closed. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger logger;
    private final Level level;
    private final Level levelBefore;
    private final BlockingQueue<ILoggingEvent> lines = new LinkedBlockingQueue<>();

    private LogLines(Logger logger, Level level) {
        this.logger = logger;
        this.level = level;
        this.levelBefore = logger.getLevel();
    }

    /** @param name of a class, whether it is public or not */
    static LogLines of(String name, Level level) {
        LogLines lines = new LogLines((Logger) LoggerFactory.getLogger("dev.stacked.runtime." + name), level);
        lines.start();
        lines.logger.setLevel(level);
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (line.getLevel().isGreaterOrEqual(level)) {
            line.prepareForDeferredProcessing();
            lines.add(line);
        }
    }

    ILoggingEvent next() throws InterruptedException {
        ILoggingEvent line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("No line came.");
        }
        return line;
    }

    /** The next line, with its level before it. */
    String nextText() throws InterruptedException {
        ILoggingEvent line = next();
        return line.getLevel() + " " + line.getFormattedMessage();
    }

    List<ILoggingEvent> rest() {
        List<ILoggingEvent> rest = new ArrayList<>();
        lines.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(levelBefore);
    }
}
