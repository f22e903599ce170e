package dev.stacked.runtime.app.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.stacked.runtime.app.internal.options.LogOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogOutputTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void readOurConfiguration() throws JoranException {
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogOutput.class.getResource("/logback.xml"));
    }

    @Test
    void textIsOneLineWhateverTheMessageHolds() {
        configure(LogOptions.Format.TEXT, LogOptions.Level.INFO);

        logger("Place").info("Stack {} is new", "a\u2028b\u2029c\u0085d\r\ne");

        assertTrue(text().endsWith("Z INFO  [main] Place - Stack a b c d  e is new\n"), text());
    }

    @Test
    void textNamesThePollThatALineBelongsTo() {
        configure(LogOptions.Format.TEXT, LogOptions.Level.INFO);
        context.getMDCAdapter().put("poll", "k3v9q2.7");

        logger("Place").warn("Failed");

        assertTrue(text().endsWith("WARN  [main] Place - Failed [poll k3v9q2.7]\n"), text());
    }

    @Test
    void jsonIsOneObjectPerLine() {
        configure(LogOptions.Format.JSON, LogOptions.Level.INFO);
        context.getMDCAdapter().put("poll", "k3v9q2.7");

        logger("Place").info("Stack {} is \"new\"", "a\nb");
        logger("Place").error("Failed", new IllegalStateException("why"));

        List<String> lines = text().lines().toList();
        assertEquals(2, lines.size());
        JsonNode first = JsonMapper.shared().readTree(lines.get(0));
        assertEquals("INFO", first.get("level").stringValue());
        assertEquals("Place", first.get("loggerName").stringValue());
        assertEquals("Stack a\nb is \"new\"", first.get("formattedMessage").stringValue());
        assertEquals("k3v9q2.7", first.at("/mdc/poll").stringValue());
        assertTrue(first.get("timestamp").isIntegralNumber());
        assertEquals(
                "why",
                JsonMapper.shared()
                        .readTree(lines.get(1))
                        .at("/throwable/message")
                        .stringValue());
    }

    @Test
    void theLevelCountsForAllLoggers() {
        configure(LogOptions.Format.TEXT, LogOptions.Level.ERROR);

        logger("io.undertow").warn("library");
        logger("dev.stacked").warn("ours");
        assertEquals("", text());

        configure(LogOptions.Format.TEXT, LogOptions.Level.DEBUG);
        logger("io.undertow").debug("library");
        logger("io.github.resilience4j.retry").debug("library, in the upstream's words");
        logger("dev.stacked").debug("ours");

        assertTrue(text().contains("ours"), text());
        assertFalse(text().contains("library"), text());
    }

    @Test
    void aConfigurationOfSomebodyElseIsLeftAlone() {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> ours = appender();
        root.detachAppender(ours);
        ours.setName("THEIRS");
        root.addAppender(ours);
        Encoder<ILoggingEvent> encoder = ours.getEncoder();

        LogOutput.configure(context, new LogOptions(LogOptions.Format.JSON, LogOptions.Level.TRACE));

        assertSame(encoder, ours.getEncoder());
        assertEquals(Level.INFO, root.getLevel());
    }

    private void configure(LogOptions.Format format, LogOptions.Level level) {
        LogOutput.configure(context, new LogOptions(format, level));
        appender().setOutputStream(written);
    }

    private ConsoleAppender<ILoggingEvent> appender() {
        Appender<ILoggingEvent> present =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        return (ConsoleAppender<ILoggingEvent>) (present instanceof QueuedAppender queued ? queued.target() : present);
    }

    private Logger logger(String name) {
        return context.getLogger(name);
    }

    private String text() {
        LogOutput.flush();
        return written.toString(StandardCharsets.UTF_8);
    }
}
