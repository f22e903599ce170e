package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClosingStackTest {
    private final List<String> stopped = new ArrayList<>();
    private final ClosingStack stack = new ClosingStack();

    @Test
    void partsAreStoppedOnceInReverseOrder() {
        stack.add("first", stopped::add);
        stack.add("second", stopped::add);

        stack.close();
        stack.close();

        assertEquals(List.of("second", "first"), stopped);
    }

    @Test
    void failingStopDoesNotKeepTheOthersFromStopping() {
        stack.add("first", stopped::add);
        stack.add("second", part -> {
            throw new IllegalStateException("This part fails on purpose.");
        });

        stack.close();

        assertEquals(List.of("first"), stopped);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stopMayWaitForThreadThatAddsAnotherPart() {
        stack.add("first", part -> {
            CompletableFuture.runAsync(() -> stack.add("late", stopped::add))
                    .orTimeout(5, TimeUnit.SECONDS)
                    .join();
            stopped.add(part);
        });

        stack.close();

        assertEquals(List.of("first", "late"), stopped);
    }
}
