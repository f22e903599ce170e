package dev.stacked.runtime.transport.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * Counts the buffers of one connection: Undertow keeps one for each answer that waits for its client's window.
 * Thread-safe.
 */
final class CountedBuffers implements ByteBufferPool {
    private final ByteBufferPool pool;
    private final LongConsumer changed;

    /**
     * @param pool the source of the buffers; shared
     * @param changed receives each change in bytes, on any thread
     */
    CountedBuffers(ByteBufferPool pool, LongConsumer changed) {
        this.pool = pool;
        this.changed = changed;
    }

    @Override
    public PooledByteBuffer allocate() {
        PooledByteBuffer buffer = pool.allocate();
        changed.accept(pool.getBufferSize());
        return new Counted(buffer);
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
                changed.accept(-pool.getBufferSize());
            }
        }

        @Override
        public boolean isOpen() {
            return buffer.isOpen();
        }
    }
}
