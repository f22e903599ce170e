package dev.stacked.runtime.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.xnio.channels.StreamSinkChannel;

final class SocketWriterTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final FakeSocket socket = new FakeSocket();
    private final AtomicLong now = new AtomicLong();
    private final List<String> signals = new ArrayList<>();
    private final SocketWriter writer = new SocketWriter(
            socket.sink,
            StreamSinkChannel::flush,
            socket.thread,
            new TimeLimit(TIMEOUT, now::get),
            () -> signals.add("ready"),
            () -> signals.add("broken"),
            () -> signals.add("too slow"));

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    @Test
    void whatTheSocketTakesIsWrittenAtOnceWithoutATimer() {
        assertTrue(writer.write(bytes("event")));

        assertEquals("event", socket.taken());
        assertFalse(writer.isStalled());
        assertEquals(List.of(), signals);
        assertEquals(List.of(), socket.runningTimers);
        verify(socket.sink, never()).resumeWrites();
    }

    @Test
    void bufferIsLeftAsItWasForTheNextStream() {
        ByteBuffer shared = bytes("shared").asReadOnlyBuffer();

        writer.write(shared);
        writer.write(shared);

        assertEquals(0, shared.position());
        assertEquals("sharedshared", socket.taken());
    }

    @Test
    void whatTheSocketDoesNotTakeIsWrittenWhenItCan() {
        socket.room = 3;
        assertFalse(writer.write(bytes("0123456789")));
        assertTrue(writer.isStalled());
        verify(socket.sink).resumeWrites();

        socket.room = 4;
        socket.becomeWritable();
        assertEquals(List.of(), signals);
        socket.room = 100;
        socket.becomeWritable();

        assertEquals("0123456789", socket.taken());
        assertEquals(List.of("ready"), signals);
        assertFalse(writer.isStalled());
        verify(socket.sink).suspendWrites();
    }

    @Test
    void writeIsNotOverBeforeItIsFlushed() {
        socket.flushes = false;
        assertFalse(writer.write(bytes("event")));

        socket.flushes = true;
        socket.becomeWritable();

        assertEquals(List.of("ready"), signals);
        assertEquals(0, socket.runningTimers.size());
    }

    @Test
    void peerThatTakesNothingForTheTimeoutIsTooSlow() {
        socket.room = 3;
        writer.write(bytes("0123456789"));

        assertEquals(1, socket.runningTimers.size());
        assertEquals(TIMEOUT, socket.runningTimers.get(0).delay);
        socket.runningTimers.get(0).task.run();

        assertEquals(List.of("too slow"), signals);
    }

    /** Over HTTP/2, the window that the client opened during the pause is not read yet when timers run. */
    @Test
    void pauseOfTheProcessDoesNotCountForTheTimeout() {
        socket.flushes = false;
        writer.write(bytes("event"));

        now.addAndGet(TIMEOUT.multipliedBy(2).toNanos());
        socket.runningTimers.get(0).task.run();
        assertEquals(List.of(), signals);

        now.addAndGet(TIMEOUT.toNanos());
        socket.runningTimers.get(0).task.run();
        assertEquals(List.of("too slow"), signals);
    }

    @Test
    void peerThatTakesBytesAgainWhenItsTimeoutIsOverGetsAnother() {
        socket.room = 3;
        writer.write(bytes("0123456789"));
        FakeSocket.Timer first = socket.runningTimers.remove(0);

        socket.room = 2;
        first.task.run();
        assertEquals(List.of(), signals);
        assertEquals(1, socket.runningTimers.size());

        socket.room = 100;
        socket.becomeWritable();
        assertEquals(List.of("ready"), signals);
        assertEquals(List.of(), socket.runningTimers);
        assertEquals("0123456789", socket.taken());
    }

    @Test
    void timeoutCountsFromTheLastByteTaken() {
        socket.room = 3;
        writer.write(bytes("0123456789"));
        FakeSocket.Timer first = socket.runningTimers.get(0);

        socket.room = 1;
        socket.becomeWritable();

        assertEquals(1, socket.runningTimers.size());
        assertNotSame(first, socket.runningTimers.get(0));
    }

    @Test
    void wakeupWithoutAByteTakenDoesNotRestartTheTimeout() {
        socket.room = 3;
        writer.write(bytes("0123456789"));
        FakeSocket.Timer first = socket.runningTimers.get(0);

        socket.becomeWritable();
        socket.becomeWritable();

        assertEquals(1, socket.runningTimers.size());
        assertSame(first, socket.runningTimers.get(0));
    }

    @Test
    void noTimerRunsOnceAllIsWritten() {
        socket.room = 3;
        writer.write(bytes("0123456789"));

        socket.room = 100;
        socket.becomeWritable();

        assertEquals(List.of(), socket.runningTimers);
        assertTrue(writer.write(bytes("more")));
        assertEquals("0123456789more", socket.taken());
    }

    @Test
    void noTimerRunsOnceTheChannelIsClosed() {
        socket.room = 3;
        writer.write(bytes("0123456789"));

        writer.closed();

        assertEquals(List.of(), socket.runningTimers);
    }

    @Test
    void failureOfAWriteIsToldOnce() {
        socket.room = 3;
        writer.write(bytes("0123456789"));

        socket.failure = new IOException("Connection reset");
        socket.becomeWritable();

        assertEquals(List.of("broken"), signals);
        assertEquals(List.of(), socket.runningTimers);
    }

    @Test
    void failureOfAShutdownIsToldOnce() throws IOException {
        doThrow(new IOException("Broken pipe")).when(socket.sink).shutdownWrites();

        assertFalse(writer.shutdown());

        assertEquals(List.of("broken"), signals);
    }

    @Test
    void timeStartsAnewWhenAFlushGoesOn() {
        socket.flushes = false;
        writer.write(bytes("event"));
        FakeSocket.Timer first = socket.runningTimers.get(0);

        socket.becomeWritable();

        assertEquals(1, socket.runningTimers.size());
        assertNotSame(first, socket.runningTimers.get(0));
    }

    @Test
    void shutdownThatHasToWaitIsUnderTheTimeoutToo() throws IOException {
        writer.write(bytes("last"));
        socket.flushes = false;

        assertFalse(writer.shutdown());

        verify(socket.sink).shutdownWrites();
        assertEquals(1, socket.runningTimers.size());
        socket.flushes = true;
        socket.becomeWritable();
        assertEquals(List.of("ready"), signals);
    }
}
