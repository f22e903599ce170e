package dev.stacked.runtime.app.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Inject;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.app.RunningApp;
import dev.stacked.runtime.app.RuntimeApp;
import dev.stacked.runtime.core.PollerRegistry;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Clients that leave at any point, with or without a proper close. */
class AbortIT {
    private static final int CONNECTS = 10_000;
    private static final int BATCH = 100;
    private static final long SEED = 42;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    /** File descriptors that other threads of this process may open, such as the upstream's idle connections. */
    private static final int FILES_OF_OTHERS = 40;

    private static final String STREAM = "GET /api/stacks/%s/runtime/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String WEB_SOCKET =
            "GET /api/stacks/%s/runtime/ws HTTP/1.1\r\nHost: localhost\r\n" + RawConnection.UPGRADE + "\r\n";

    private static final class Inside {
        @Inject
        private PollerRegistry registry;

        @Inject
        private StreamAdmission admission;

        int pollers() throws Exception {
            return registry.pollers()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS)
                    .size();
        }
    }

    private final Random random = new Random(SEED);
    private final Inside inside = new Inside();
    private final RecordingUpstream upstream = new RecordingUpstream();
    private final RunningApp app = RuntimeApp.run(
            new String[] {"--port=0", "--admin-port=off", "--upstream=" + upstream.url(), "--retain=10ms"},
            binder -> binder.requestInjection(inside));

    @AfterEach
    void stop() {
        app.close();
        upstream.close();
    }

    @Test
    void tenThousandConnectsAndAbortsLeaveNothingBehind() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(OPEN_FILES), "Only Linux shows open files.");
        assertServes();
        awaitNothingLeft(Long.MAX_VALUE);
        long filesBefore = openFiles();

        for (int batch = 0; batch < CONNECTS / BATCH; batch++) {
            connectAndAbort();
            assertServes();
        }

        awaitNothingLeft(filesBefore + FILES_OF_OTHERS);
        assertServes();
    }

    private void connectAndAbort() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            RawConnection connection = new RawConnection(app.port());
            connections.add(connection);
            connection.send(beginning());
        }
        for (RawConnection connection : connections) {
            abort(connection);
        }
    }

    /** Sends nothing, a part of a request, a request, or a request and more. */
    private String beginning() {
        String format = random.nextBoolean() ? STREAM : WEB_SOCKET;
        String request = format.formatted("stack-" + random.nextInt(10));
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> request.substring(0, random.nextInt(request.length()));
            case 2 -> request;
            default -> request + "garbage".repeat(random.nextInt(10));
        };
    }

    private void abort(RawConnection connection) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> connection.close();
            case 1 -> connection.reset();
            case 2 -> {
                connection.socket().shutdownOutput();
                connection.close();
            }
            default -> {
                sendMore(connection);
                connection.reset();
            }
        }
    }

    private static void sendMore(RawConnection connection) throws IOException {
        try {
            connection.send("more");
        } catch (SocketException left) {
            // The server closed first.
        }
    }

    private void assertServes() throws IOException {
        try (RawConnection connection = new RawConnection(app.port())) {
            connection.send(STREAM.formatted("served")).readUntil("event: snapshot");
        }
    }

    /** Each check makes a request, so that the server gets to run in between. */
    private void awaitNothingLeft(long files) throws Exception {
        long begin = System.nanoTime();
        while (inside.admission.openStreams() > 0 || inside.pollers() > 0 || openFiles() > files) {
            if (System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(RawConnection.PATIENCE_MILLIS)) {
                assertEquals(0, inside.admission.openStreams());
                assertEquals(0, inside.pollers());
                assertTrue(openFiles() <= files, openFiles() + " files are open; there may be " + files);
            }
            askForNothing();
        }
    }

    private void askForNothing() throws IOException {
        try (RawConnection connection = new RawConnection(app.port())) {
            connection
                    .send("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }
}
