package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.RawClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;

/** Clients that do not take their answers. */
final class AnswerTimeLimitIT {
    private static final int CALM = 11;
    /** More than all buffers on the way take. */
    private static final int LARGE = 8 << 20;

    private static final int SMALL = 20_000;
    private static final Duration WRITE_TIMEOUT = Duration.ofMillis(500);

    private final ByteBuffer large = ByteBuffer.allocateDirect(LARGE);
    private final ByteBuffer small = ByteBuffer.allocateDirect(SMALL);
    private final TestServer server = new TestServer(
            exchange -> exchange.getResponseSender()
                    .send((exchange.getRequestPath().equals("/large") ? large : small).duplicate()),
            OptionMap.EMPTY,
            1,
            new ConnectionLimits(1000, 1000, 100_000, 100_000, 100_000, 1 << 30, 1 << 30, WRITE_TIMEOUT));

    @AfterEach
    void stop() {
        server.close();
    }

    private Http2Client connect(int window) {
        return new Http2Client(server.port(), window, 0, Patience.LIMIT);
    }

    @Test
    void connectionOfHttp1WhoseAnswerIsNotTakenIsClosed() {
        RawClient client = server.get("/large", 4096);
        client.head();

        Patience.await("no connection", () -> server.connections().addresses() == 0);

        assertTrue(client.rest().length() < LARGE);
    }

    @Test
    void connectionOfHttp2ThatTakesNothingIsClosed() {
        try (Http2Client client = connect(0)) {
            client.get("/small");
            client.get("/large");

            assertEquals(CALM, client.goAwayCode());
        }
        Patience.await("no buffers", () -> server.connections().heldBytes() == 0);
        assertEquals(1, server.reached(ConnectionLimit.STALLED));
    }

    @Test
    void streamThatIsNotTakenIsResetAloneWhileAnotherIs() {
        try (Http2Client client = connect(0)) {
            int stalled = client.get("/small");
            int reader = client.get("/large");

            while (!client.wasReset(stalled)) {
                client.grant(reader, 1000);
                client.roundTrip();
            }

            client.grant(reader, Http2Client.WIDE);
            assertEquals(LARGE, client.rest(reader).length());
        }
    }

    @Test
    void answerThatIsTakenByteByByteIsResetToo() {
        try (Http2Client client = connect(0)) {
            int slow = client.get("/small");

            while (!client.wasReset(slow)) {
                client.grant(slow, 1);
                client.roundTrip();
            }

            assertTrue(client.received(slow).length() < SMALL);
        }
    }

    @Test
    void answerThatIsTakenInTimeIsComplete() {
        try (Http2Client client = connect(Http2Client.WIDE)) {
            assertEquals(LARGE, client.rest(client.get("/large")).length());
        }
        assertEquals(0, server.reached(ConnectionLimit.STALLED));
    }
}
