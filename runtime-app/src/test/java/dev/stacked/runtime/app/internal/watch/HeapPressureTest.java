package dev.stacked.runtime.app.internal.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeapPressureTest {
    private final TestHeap heap = new TestHeap();
    private final HeapPressure pressure = heap.pressure();

    @Test
    void aHeapThatStaysAboveTheLimitIsHighUntilItFalls() {
        heap.stay(0.91, 9, 0);
        assertFalse(pressure.isHigh());
        heap.stay(0.91, 1, 0);
        assertTrue(pressure.isHigh());
        heap.stay(0.9, 1, 0);
        assertFalse(pressure.isHigh());
    }

    @Test
    void aBurstIsNotHigh() {
        heap.stay(0.95, 8, 0);
        heap.stay(0.5, 1, 0);
        heap.stay(0.95, 8, 0);

        assertFalse(pressure.isHigh());
    }

    @Test
    void whileItIsHighACollectionIsAskedForNowAndThen() {
        heap.stay(0.95, 65, 0);

        assertEquals(2, heap.collections());
    }

    @Test
    void aFullHeapIsExhaustedWhenCollectionsTakeNearlyAllTheTime() {
        heap.stay(0.99, 30, 0.8);
        assertEquals(0, heap.exhausted());
        heap.stay(0.99, 20, 0.95);
        assertTrue(heap.exhausted() > 0);
    }

    @Test
    void collectionsThatMakeRoomAreNoExhaustion() {
        heap.stay(0.5, 60, 1);

        assertEquals(0, heap.exhausted());
    }

    @Test
    void theHeapOfThisJvmIsMeasured() {
        JvmHeap jvm = new JvmHeap();
        jvm.collect();

        assertTrue(jvm.occupancyAfterCollection() > 0);
        assertTrue(jvm.occupancyAfterCollection() < 1);
        assertTrue(jvm.collectingNanos() > 0);
    }
}
