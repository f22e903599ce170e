package dev.stacked.runtime.app.options;

import java.time.Duration;

/**
 * How the server ends.
 *
 * @param window the time over which the ends of open streams are spread; zero ends them all at once
 */
public record DrainOptions(Duration window) {}
