package dev.stacked.runtime.transport.undertow;

/** The limits of a connection, as {@link ConnectionMeters} counts them. */
enum ConnectionLimit {
    /** One client address has too many connections: the new one is closed. */
    CONNECTIONS_PER_ADDRESS,
    /** Too many concurrent streams: the new one is refused, the connection stays open. */
    CONCURRENT_STREAMS,
    /** Too many new streams per second. */
    STREAM_RATE,
    /** Too many resets per second. */
    RESET_RATE,
    /** Too many frames per second that carry no request. */
    FRAME_RATE,
    /** The header block of a request has too many bytes or frames. */
    HEADER_BLOCK,
    /** A frame, or the header block of a request, takes too long. */
    SLOW_FRAME,
    /** Too many bytes wait for clients on all connections, most of them on this one. */
    WAITING_BYTES,
    /** Too many bytes wait for this client. */
    WAITING_BYTES_PER_CONNECTION,
    /** The client accepts nothing although bytes wait, or has abandoned too many streams in that state. */
    STALLED
}
