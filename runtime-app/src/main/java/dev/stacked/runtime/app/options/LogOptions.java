package dev.stacked.runtime.app.options;

/**
 * What the log holds and how it looks.
 *
 * @param format how lines are written
 * @param level from which weight on
 */
public record LogOptions(LogFormat format, LogLevel level) {}
