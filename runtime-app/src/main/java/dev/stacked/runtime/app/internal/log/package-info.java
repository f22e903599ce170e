/**
 * Configures the log by the options. All other code logs through SLF4J and is independent of the output.
 */
@NullMarked
package dev.stacked.runtime.app.internal.log;

import org.jspecify.annotations.NullMarked;
