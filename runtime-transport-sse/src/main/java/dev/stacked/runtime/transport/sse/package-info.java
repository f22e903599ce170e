/** Streams as Server-Sent Events ({@code text/event-stream}), readable by any browser's EventSource. */
@NullMarked
package dev.stacked.runtime.transport.sse;

import org.jspecify.annotations.NullMarked;
