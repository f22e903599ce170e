package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Counts the buffers of one connection. Undertow keeps a buffer for each answer that waits for its client's window, so
 * this is the amount that waits. Thread-safe.
 */
final class CountedBuffers implements ByteBufferPool {
    private final ByteBufferPool pool;
    private final LongConsumer changed;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param pool the source of the buffers; shared
     * @param changed receives each change in bytes, on any thread
     */
    CountedBuffers(ByteBufferPool pool, LongConsumer changed) {
        this.pool = pool;
        this.changed = changed;
    }

    /** Bytes of buffers that are in use. */
    long held() {
        return held.get();
    }

    @Override
    public PooledByteBuffer allocate() {
        PooledByteBuffer buffer = pool.allocate();
        count(pool.getBufferSize());
        return new Counted(buffer);
    }

    private void count(long bytes) {
        held.addAndGet(bytes);
        changed.accept(bytes);
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return pool.getArrayBackedPool();
    }

    /** Leaves the shared pool open. */
    @Override
    public void close() {}

    @Override
    public int getBufferSize() {
        return pool.getBufferSize();
    }

    @Override
    public boolean isDirect() {
        return pool.isDirect();
    }

    private final class Counted implements PooledByteBuffer {
        private final PooledByteBuffer buffer;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Counted(PooledByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getBuffer() {
            return buffer.getBuffer();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                buffer.close();
                count(-pool.getBufferSize());
            }
        }

        @Override
        public boolean isOpen() {
            return buffer.isOpen();
        }
    }
}
