/**
 * Pages for operators: health, pollers and metrics. They are served on a separate port, so that they cannot be reached
 * on the port of the streams.
 */
@NullMarked
package dev.stacked.runtime.app.internal.admin;

import org.jspecify.annotations.NullMarked;
