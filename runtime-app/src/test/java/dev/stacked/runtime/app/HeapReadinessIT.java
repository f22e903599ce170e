package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.app.internal.watch.HeapPressure;
import dev.stacked.runtime.app.internal.watch.TestHeap;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HeapReadinessIT {
    @Test
    void itIsNotReadyWhileTheHeapStaysNearlyFull() throws Exception {
        TestHeap heap = new TestHeap();
        try (RunningApp app = RuntimeApp.run(
                new String[] {"--demo", "--port=0", "--admin-port=0"},
                binder -> binder.bind(HeapPressure.class).toInstance(heap.pressure()))) {
            AdminClient admin = new AdminClient(app);
            heap.stay(0.93, 11, 0);

            HttpResponse<String> full = admin.get("/health/ready", "*/*");
            assertEquals(503, full.statusCode());
            assertTrue(full.body().startsWith("{\"status\":\"heap-full\",\"heapAfterCollection\":0.93"), full.body());
            assertEquals(200, admin.get("/health/live", "*/*").statusCode());

            heap.stay(0.5, 1, 0);
            assertEquals(200, admin.get("/health/ready", "*/*").statusCode());
        }
    }
}
