package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stacked.runtime.testkit.Patience;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.OptionMap;

/** How many bytes of files may wait for one HTTP/2 client. */
final class WaitingBuffersIT {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingBuffersIT.class);
    private static final int FILE_BYTES = 16 * 1024;
    private static final int NO_MORE = 1_000_000;
    private static final int STREAMS = 300;

    private final ByteBuffer file = ByteBuffer.allocateDirect(FILE_BYTES);
    private final List<Http2Client> clients = new ArrayList<>();
    private @Nullable TestServer started;

    @AfterEach
    void stop() {
        clients.forEach(Http2Client::close);
        if (started != null) {
            started.close();
        }
    }

    private Http2Client requestFiles(TestServer server, int count) {
        Http2Client client = new Http2Client(server.port(), 0, 0, Patience.LIMIT);
        clients.add(client);
        for (int i = 0; i < count; i++) {
            client.get("/file");
        }
        return client;
    }

    private TestServer serve(ConnectionLimits limits) {
        TestServer server = new TestServer(
                exchange -> exchange.getResponseSender().send(file.duplicate()), OptionMap.EMPTY, 1, limits);
        started = server;
        return server;
    }

    private static ConnectionLimits perConnection(long bytes) {
        return new ConnectionLimits(NO_MORE, NO_MORE, NO_MORE, NO_MORE, NO_MORE, 1 << 30, bytes, Duration.ofHours(1));
    }

    @Test
    void connectionForWhichTooMuchWaitsIsClosedAndNoOther() {
        TestServer server = serve(perConnection(50 * FILE_BYTES));
        Http2Client modest = requestFiles(server, 40);
        modest.roundTrip();

        try {
            requestFiles(server, 60);
        } catch (UncheckedIOException closed) {
            LOG.debug("The server closed the connection before the last request", closed);
        }

        Patience.await("a limit", () -> server.reached(ConnectionLimit.WAITING_BYTES_PER_CONNECTION) == 1);
        modest.grant(1, Http2Client.WIDE);
        assertEquals(FILE_BYTES, modest.rest(1).length());
        clients.forEach(Http2Client::close);
        Patience.await("no buffers", () -> server.connections().heldBytes() == 0);
    }

    @Test
    void connectionOnWhichAllStreamsWaitStays() {
        TestServer server = serve(perConnection(1).withStreams(STREAMS));
        Http2Client client = requestFiles(server, STREAMS);
        client.roundTrip();

        client.grant(1, Http2Client.WIDE);

        assertEquals(FILE_BYTES, client.rest(1).length());
        assertEquals(0, server.reached(ConnectionLimit.WAITING_BYTES_PER_CONNECTION));
    }
}
