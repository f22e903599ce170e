package dev.stacked.runtime.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/** A channel that takes as many bytes as a test says, and the I/O thread with its timers. */
final class FakeSocket {
    /** A timer that was started; no time passes on it by itself. */
    static final class Timer {
        final Duration delay;
        final Runnable task;

        private Timer(Runnable task, Duration delay) {
            this.task = task;
            this.delay = delay;
        }
    }

    final StreamSinkChannel sink = mock(StreamSinkChannel.class);
    final XnioIoThread thread = mock(XnioIoThread.class);
    final List<Timer> runningTimers = new ArrayList<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    int room = Integer.MAX_VALUE;
    boolean flushes = true;

    @Nullable
    IOException failure;

    private @Nullable ChannelListener<? super StreamSinkChannel> writeListener;

    FakeSocket() {
        try {
            when(sink.write(any(ByteBuffer.class))).thenAnswer(call -> take(call.getArgument(0)));
            when(sink.flush()).thenAnswer(call -> flushes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ChannelListener.Setter<StreamSinkChannel> setter = listener -> writeListener = listener;
        doReturn(setter).when(sink).getWriteSetter();
        doAnswer(call -> start(call.getArgument(0), Duration.ofMillis(call.getArgument(1, Long.class))))
                .when(thread)
                .executeAfter(any(), anyLong(), any());
    }

    private int take(ByteBuffer bytes) throws IOException {
        if (failure != null) {
            throw failure;
        }
        int count = Math.min(room, bytes.remaining());
        for (int i = 0; i < count; i++) {
            taken.write(bytes.get());
        }
        room -= count;
        return count;
    }

    private XnioExecutor.Key start(Runnable task, Duration delay) {
        Timer timer = new Timer(task, delay);
        runningTimers.add(timer);
        return () -> runningTimers.remove(timer);
    }

    String taken() {
        return taken.toString(US_ASCII);
    }

    void becomeWritable() {
        if (writeListener != null) {
            writeListener.handleEvent(sink);
        }
    }
}
