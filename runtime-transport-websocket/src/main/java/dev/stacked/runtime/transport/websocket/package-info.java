/** Streams as WebSocket text frames, one event each. */
@NullMarked
package dev.stacked.runtime.transport.websocket;

import org.jspecify.annotations.NullMarked;
