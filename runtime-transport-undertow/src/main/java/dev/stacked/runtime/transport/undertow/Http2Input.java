package dev.stacked.runtime.transport.undertow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Checks the bytes that a client sends on an HTTP/2 connection before Undertow parses them: Undertow handles most
 * control frames without calling us, and allocates for many of them. Confined to the connection's I/O thread.
 */
final class Http2Input extends AbstractStreamSourceConduit<StreamSourceConduit> implements FrameScanner.Frames {
    /** Four times the limit of a request's headers: compression only makes them smaller. */
    private static final int MAX_BLOCK_BYTES = 64 * 1024;

    private static final int MAX_BLOCK_FRAMES = 32;
    /** A client may enlarge the windows of the stream and of the connection for every event, however small. */
    private static final int BYTES_PER_WINDOW_UPDATE = 32;

    private final FrameScanner scanner = new FrameScanner(FrameScanner.PREFACE_BYTES, this);
    private final TokenBucket streams;
    private final TokenBucket resets;
    private final TokenBucket others;
    private final LongSupplier nanoTime;
    private final LongSupplier dataSent;
    private final Consumer<ConnectionLimit> reached;
    private final ProgressTimer frameTime;
    private long windowUpdates;
    private long completed;
    private boolean inBlock;
    private int blockBytes;
    private int blockFrames;

    /**
     * @param frameLimit time that a frame, or the header block of a request, may take from its first byte
     * @param dataSent bytes of DATA sent to the client so far
     * @param reached receives a limit that the client exceeds; may be called again until the connection is closed
     * @param timedOut receives the limit when a frame takes too long; may be called at any time
     */
    Http2Input(
            StreamSourceConduit next,
            ConnectionLimits limits,
            Duration frameLimit,
            LongSupplier nanoTime,
            LongSupplier dataSent,
            Consumer<ConnectionLimit> reached,
            Consumer<ConnectionLimit> timedOut) {
        super(next);
        long now = nanoTime.getAsLong();
        this.streams = new TokenBucket(limits.streamsPerSecond(), now);
        this.resets = new TokenBucket(limits.resetsPerSecond(), now);
        this.others = new TokenBucket(limits.framesPerSecond(), now);
        this.nanoTime = nanoTime;
        this.dataSent = dataSent;
        this.reached = reached;
        this.frameTime = new ProgressTimer(
                next.getReadThread(), frameLimit, nanoTime, () -> timedOut.accept(ConnectionLimit.SLOW_FRAME));
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int start = dst.position();
        int read = super.read(dst);
        if (read > 0) {
            scan(dst.duplicate().limit(dst.position()).position(start));
        }
        return read;
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            if (dsts[i].hasRemaining()) {
                int read = read(dsts[i]);
                if (read <= 0) {
                    return total == 0 ? read : total;
                }
                total += read;
            }
        }
        return total;
    }

    /** Checks bytes that were read before, and consumes the buffer. */
    void scan(ByteBuffer bytes) {
        scanner.scan(bytes);
        if (scanner.completed() != completed) {
            completed = scanner.completed();
            if (!inBlock) {
                frameTime.stop();
            }
        }
        if (inBlock || !scanner.isBetweenFrames()) {
            frameTime.start();
        }
    }

    /** Stops the timer for good. */
    void closed() {
        frameTime.end();
    }

    @Override
    public void frame(int type, int flags, int length) {
        long now = nanoTime.getAsLong();
        switch (type) {
            case FrameScanner.HEADERS -> {
                blockBytes = 0;
                blockFrames = 0;
                continueBlock(flags, length);
                require(streams.take(now), ConnectionLimit.STREAM_RATE);
            }
            case FrameScanner.CONTINUATION -> continueBlock(flags, length);
            case FrameScanner.RST_STREAM -> require(resets.take(now), ConnectionLimit.RESET_RATE);
            case FrameScanner.WINDOW_UPDATE -> {
                windowUpdates++;
                require(
                        windowUpdates <= dataSent.getAsLong() / BYTES_PER_WINDOW_UPDATE || takeOther(now),
                        ConnectionLimit.FRAME_RATE);
            }
            default -> require(others.take(now), ConnectionLimit.FRAME_RATE);
        }
    }

    /** A window update that took a token does not count against the bytes that were sent. */
    private boolean takeOther(long now) {
        windowUpdates--;
        return others.take(now);
    }

    private void continueBlock(int flags, int length) {
        blockBytes += length;
        blockFrames++;
        inBlock = (flags & FrameScanner.END_HEADERS) == 0;
        require(blockBytes <= MAX_BLOCK_BYTES && blockFrames <= MAX_BLOCK_FRAMES, ConnectionLimit.HEADER_BLOCK);
    }

    private void require(boolean held, ConnectionLimit limit) {
        if (!held) {
            reached.accept(limit);
        }
    }
}
