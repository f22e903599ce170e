package dev.stacked.runtime.transport.undertow;

import io.undertow.UndertowOptions;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DelegateOpenListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSourceChannel;

/**
 * Decides by the first bytes of a connection without TLS whether it is HTTP/2 or HTTP/1.1. Confined to the connection's
 * I/O thread.
 */
final class ProtocolChoice {
    /** The beginning of HTTP/2's preface; no HTTP method begins like this. */
    private static final byte[] HTTP_2 = {'P', 'R', 'I', ' '};

    private final DelegateOpenListener http1;
    private final DelegateOpenListener http2;
    private final int idleMillis;
    private final int headMillis;
    private @Nullable PooledByteBuffer first;
    private final LongSupplier nanoTime;
    private @Nullable ProgressTimer timer;

    /**
     * @param settings contain the time that a client has to begin
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     */
    ProtocolChoice(DelegateOpenListener http1, DelegateOpenListener http2, OptionMap settings, LongSupplier nanoTime) {
        this.http1 = http1;
        this.http2 = http2;
        this.idleMillis = settings.get(UndertowOptions.NO_REQUEST_TIMEOUT, -1);
        this.nanoTime = nanoTime;
        this.headMillis = settings.get(UndertowOptions.REQUEST_PARSE_TIMEOUT, -1);
    }

    void handleEvent(StreamConnection connection) {
        limitTime(connection, idleMillis);
        connection.setCloseListener(closed -> stop());
        connection.getSourceChannel().setReadListener(readable -> read(connection));
        connection.getSourceChannel().resumeReads();
        read(connection);
    }

    private void read(StreamConnection connection) {
        StreamSourceChannel source = connection.getSourceChannel();
        PooledByteBuffer pooled = first == null ? http1.getBufferPool().allocate() : first;
        first = pooled;
        ByteBuffer bytes = pooled.getBuffer();
        int before = bytes.position();
        int read = read(source, bytes);
        if (read < 0) {
            IoUtils.safeClose(connection);
        } else if (bytes.position() == 0) {
            release();
        } else if (isPartOfHttp2(bytes) && bytes.position() < HTTP_2.length) {
            if (before == 0) {
                limitTime(connection, headMillis);
            }
        } else {
            choose(connection, source, pooled);
        }
    }

    private static int read(StreamSourceChannel source, ByteBuffer bytes) {
        try {
            return source.read(bytes);
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean isPartOfHttp2(ByteBuffer bytes) {
        for (int i = 0; i < Math.min(bytes.position(), HTTP_2.length); i++) {
            if (bytes.get(i) != HTTP_2[i]) {
                return false;
            }
        }
        return true;
    }

    private void choose(StreamConnection connection, StreamSourceChannel source, PooledByteBuffer pooled) {
        boolean isHttp2 = isPartOfHttp2(pooled.getBuffer());
        pooled.getBuffer().flip();
        first = null;
        stopTimer();
        source.suspendReads();
        source.getReadSetter().set(null);
        (isHttp2 ? http2 : http1).handleEvent(connection, pooled);
    }

    private void limitTime(StreamConnection connection, int millis) {
        stopTimer();
        if (millis > 0) {
            timer = new ProgressTimer(
                    connection.getIoThread(), Duration.ofMillis(millis), nanoTime, () -> IoUtils.safeClose(connection));
            timer.start();
        }
    }

    private void stop() {
        stopTimer();
        release();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.end();
            timer = null;
        }
    }

    /** A connection that only waits holds no buffer. */
    private void release() {
        if (first != null) {
            first.close();
            first = null;
        }
    }
}
