package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.core.StackId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OpenStreamsTest {
    private static final int NONE = StreamLimits.NONE;

    private static AdmissionRequest request(String stack, String principal, String address) {
        try {
            return new AdmissionRequest(new StackId(stack), principal, InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void nothingIsCountedOnceAllHaveLeft() {
        OpenStreams open = new OpenStreams(new StreamLimits(50, 5, 20, 10, 15, NONE));
        Random random = new Random(7);
        List<AdmissionRequest> there = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (random.nextInt(3) > 0) {
                String principal = random.nextInt(4) == 0 ? null : "p" + random.nextInt(6);
                AdmissionRequest request = request("s" + random.nextInt(8), principal, "192.0.2." + random.nextInt(5));
                if (open.add(request).isEmpty()) {
                    there.add(request);
                }
            } else if (!there.isEmpty()) {
                open.remove(there.remove(random.nextInt(there.size())));
            }
            assertEquals(there.size(), open.total());
        }

        there.forEach(open::remove);

        assertEquals(0, open.total());
        assertEquals(0, open.keys());
    }
}
