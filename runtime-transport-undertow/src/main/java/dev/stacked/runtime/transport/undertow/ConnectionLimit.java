package dev.stacked.runtime.transport.undertow;

/** The limits of a connection: what {@link ConnectionMeters} counts by. */
enum ConnectionLimit {
    /** One client address has too many connections: the new one is closed. */
    CONNECTIONS_PER_ADDRESS,
    /** Too many streams at once: the new one is refused, the connection goes on. */
    CONCURRENT_STREAMS,
    /** Streams are begun too fast. */
    STREAM_RATE,
    /** Streams are reset too fast. */
    RESET_RATE,
    /** Frames that carry nothing come too fast. */
    FRAME_RATE,
    /** The header block of a request has too many bytes or frames. */
    HEADER_BLOCK,
    /** A frame, or the header block of a request, takes too long. */
    SLOW_FRAME,
    /** Too many bytes wait for the client to take them. */
    WAITING_BYTES,
    /** The client takes nothing while something waits, or has left too many streams in that state. */
    STALLED
}
