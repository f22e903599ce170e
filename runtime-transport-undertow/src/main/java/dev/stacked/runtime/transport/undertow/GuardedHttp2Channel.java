package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.protocols.http2.AbstractHttp2StreamSinkChannel;
import io.undertow.protocols.http2.AbstractHttp2StreamSourceChannel;
import io.undertow.protocols.http2.Http2Channel;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelExceptionHandler;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** Undertow's side of an HTTP/2 connection; checks each stream that begins or is reset. */
final class GuardedHttp2Channel extends Http2Channel {
    private final Http2Connection guard;

    /** @param first the bytes that were read so far; null if there are none */
    GuardedHttp2Channel(
            StreamConnection connection,
            ByteBufferPool buffers,
            @Nullable PooledByteBuffer first,
            OptionMap settings,
            Http2Connection guard) {
        super(connection, Http2OpenListener.HTTP2, buffers, first, false, false, settings);
        this.guard = guard;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Undertow synchronizes where needed
    public @Nullable AbstractHttp2StreamSourceChannel receive() throws IOException {
        AbstractHttp2StreamSourceChannel frame = super.receive();
        return guard.accepts(frame) ? frame : null;
    }

    @Override
    public void sendGoAway(int status, ChannelExceptionHandler<AbstractHttp2StreamSinkChannel> failed) {
        if (status == ERROR_ENHANCE_YOUR_CALM && !isThisGoneAway()) {
            guard.calming();
        }
        super.sendGoAway(status, failed);
    }
}
