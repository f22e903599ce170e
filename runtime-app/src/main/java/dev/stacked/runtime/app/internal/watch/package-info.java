/**
 * Monitors the process itself: fatal errors, an exhausted heap, blocked event loops, and pauses of the whole process.
 * The rest of the app reports to it or queries it.
 */
@NullMarked
package dev.stacked.runtime.app.internal.watch;

import org.jspecify.annotations.NullMarked;
