package dev.stacked.runtime.transport.undertow;

import io.undertow.protocols.http2.Http2Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The bytes sent to an HTTP/2 client: notices a stalled socket, counts the bytes of answers, and can insert a GOAWAY
 * between two frames. Undertow's own GOAWAY closes the connection with all its streams. Confined to the I/O thread.
 */
final class Http2Output extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private static final int GOAWAY_PAYLOAD = 8;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** Longer than a stream's own write timeout, which is more precise and should come first. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final FrameScanner scanner = new FrameScanner(0, (type, flags, length) -> {
        if (type == FrameScanner.DATA) {
            dataSent(length);
        }
    });
    private final ProgressTimer progress;
    private final Runnable whenDrained;
    private boolean drained = true;
    private long dataSent;
    private ByteBuffer goAway = NOTHING;

    /**
     * @param nanoTime elapsed time, as {@link System#nanoTime()} gives it
     * @param stalled is called when the socket accepts nothing for the write timeout
     * @param whenDrained is called during a write, when the socket has accepted everything after it was full
     */
    Http2Output(
            StreamSinkConduit next,
            Duration writeTimeout,
            LongSupplier nanoTime,
            Runnable stalled,
            Runnable whenDrained) {
        super(next);
        this.whenDrained = whenDrained;
        this.progress = new ProgressTimer(next.getWriteThread(), writeTimeout.plus(GRACE), nanoTime, stalled);
    }

    private void dataSent(int bytes) {
        dataSent += bytes;
    }

    /** Bytes of the DATA frames that were begun so far. */
    long dataSent() {
        return dataSent;
    }

    /** Whether the socket has accepted all frames. Those that Undertow still holds wait for a window. */
    boolean isDrained() {
        return drained;
    }

    /** Stops the timer for good. */
    void closed() {
        progress.end();
    }

    /**
     * Asks the client to begin no more streams on this connection. Open ones continue.
     *
     * @param lastStream the last stream that is served
     */
    void sendGoAway(int lastStream) throws IOException {
        goAway = ByteBuffer.allocate(FrameScanner.HEADER_BYTES + GOAWAY_PAYLOAD)
                .putInt(GOAWAY_PAYLOAD << 8 | FrameScanner.GOAWAY)
                .put((byte) 0)
                .putInt(0)
                .putInt(lastStream)
                .putInt(Http2Channel.ERROR_NO_ERROR)
                .flip();
        if (!flush()) {
            next.resumeWrites();
        }
    }

    /** Whether the next frame may be written: no GOAWAY is partly written. */
    private boolean writeGoAway() throws IOException {
        boolean begun = goAway.position() > 0;
        if (goAway.hasRemaining() && (begun || scanner.isBetweenFrames())) {
            next.write(goAway);
            return !goAway.hasRemaining();
        }
        return true;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return (int) write(new ByteBuffer[] {src}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        if (!writeGoAway()) {
            drained = false;
            progress.start();
            return 0;
        }
        int[] starts = new int[length];
        long offered = 0;
        for (int i = 0; i < length; i++) {
            starts[i] = srcs[offset + i].position();
            offered += srcs[offset + i].remaining();
        }
        long written = next.write(srcs, offset, length);
        for (int i = 0; i < length; i++) {
            ByteBuffer src = srcs[offset + i];
            scanner.scan(src.duplicate().limit(src.position()).position(starts[i]));
        }
        watch(written > 0, written == offered);
        return written;
    }

    private void watch(boolean tookSome, boolean tookAll) {
        boolean wasFull = !drained;
        drained = tookAll;
        if (tookAll) {
            progress.stop();
            if (wasFull) {
                whenDrained.run();
            }
        } else if (tookSome) {
            progress.restart();
        } else {
            progress.start();
        }
    }

    @Override
    public int writeFinal(ByteBuffer src) throws IOException {
        return Conduits.writeFinalBasic(this, src);
    }

    @Override
    public long writeFinal(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, srcs, offset, length);
    }

    @Override
    public long transferFrom(FileChannel src, long position, long count) throws IOException {
        throw new UnsupportedOperationException("HTTP/2 is sent in frames.");
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer throughBuffer) throws IOException {
        throw new UnsupportedOperationException("HTTP/2 is sent in frames.");
    }

    @Override
    public boolean flush() throws IOException {
        boolean flushed = writeGoAway() && next.flush();
        if (!flushed) {
            progress.start();
        }
        return flushed;
    }
}
