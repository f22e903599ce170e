package dev.stacked.runtime.examples.mvc;

import dev.stacked.runtime.core.PollerRegistry;
import java.time.Duration;
import java.util.Random;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends all streams before Spring Boot shuts its web server down. Otherwise the graceful shutdown would wait for them until
 * its timeout of 30 s.
 */
@Component
class StreamShutdown implements SmartLifecycle {
    private static final Duration WINDOW = Duration.ofMillis(500);

    private final PollerRegistry registry;
    private volatile boolean running;

    StreamShutdown(PollerRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Spreads the ends over a window, so that not all clients reconnect at the same time. */
    @Override
    public void stop() {
        running = false;
        registry.drain(WINDOW, new Random());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
