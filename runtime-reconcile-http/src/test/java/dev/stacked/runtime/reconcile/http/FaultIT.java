package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.testkit.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream that is slow, broken or hostile, over real sockets. */
class FaultIT {
    private static final String TOO_LARGE = "The upstream's answer is invalid: it is larger than 1048576 bytes.";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private volatile RawUpstream.Script script = request -> request.sendJson(200, RUNTIME);
    private final RawUpstream upstream = RawUpstream.start(request -> script.answer(request));
    private final TestReconciler patient = TestReconciler.of(upstream.uri());

    @AfterEach
    void stop() throws Exception {
        patient.close();
        upstream.close();
    }

    @Test
    void anUpstreamThatHangsIsLeftWhenTheTimeIsOver() throws Exception {
        script = RawUpstream.Request::hang;
        try (TestReconciler reconciler = inManualTime()) {
            CompletableFuture<?> call = reconciler.reconcile();
            RawUpstream.Request request = upstream.next();
            time.advance(TIMEOUT);

            ReconcileException failure = failure(call);
            assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
            assertEquals("The upstream did not answer within 5000 ms.", failure.message());
            request.awaitLeft();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\""})
    void anAnswerThatStopsHalfwayIsLeftWhenTheTimeIsOver(String beginning) throws Exception {
        script = request -> {
            request.send(beginning);
            request.hang();
        };
        try (TestReconciler reconciler = inManualTime()) {
            CompletableFuture<?> call = reconciler.readStack();
            RawUpstream.Request request = upstream.next();
            time.advance(TIMEOUT);

            assertEquals(
                    "The upstream did not answer within 5000 ms.", failure(call).message());
            request.awaitLeft();
        }
    }

    @Test
    void aBodyThatDripsIsCutOff() throws Exception {
        CountDownLatch dripping = new CountDownLatch(20);
        CountDownLatch cut = new CountDownLatch(1);
        script = request -> {
            try {
                request.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                while (cut.getCount() > 0) {
                    request.send(" ");
                    pauseShortly(request);
                    dripping.countDown();
                }
            } catch (IOException e) {
                cut.countDown();
                throw e;
            }
        };
        try (TestReconciler reconciler = inManualTime()) {
            CompletableFuture<?> call = reconciler.reconcile();
            assertTrue(dripping.await(30, TimeUnit.SECONDS));
            time.advance(TIMEOUT);

            assertEquals(
                    "The upstream did not answer within 5000 ms.", failure(call).message());
            assertTrue(cut.await(30, TimeUnit.SECONDS));
        }
    }

    /** A read with a timeout is the one way to wait that notices the client's leaving. */
    private static void pauseShortly(RawUpstream.Request request) throws IOException {
        request.connection().setSoTimeout(5);
        try {
            if (request.connection().getInputStream().read() < 0) {
                throw new IOException("The client has left.");
            }
        } catch (SocketTimeoutException e) {
            // Time for the next byte.
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1048577\r\n\r\n",
                "Content-Length: 99999999999\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Connection: close\r\n\r\n"
            })
    void aBodyThatIsTooLargeIsNotReadToItsEnd(String headers) throws Exception {
        script = request -> {
            request.send("HTTP/1.1 200 OK\r\n" + headers);
            String chunk =
                    headers.startsWith("Transfer") ? "10000\r\n" + "x".repeat(65536) + "\r\n" : "x".repeat(65536);
            try {
                while (true) {
                    request.send(chunk);
                }
            } catch (IOException e) {
                request.hang();
            }
        };

        ReconcileException failure = failure(patient.readStack());

        assertEquals(ErrorCode.INVALID_UPSTREAM_RESPONSE, failure.code());
        assertEquals(TOO_LARGE, failure.message());
        upstream.next().awaitLeft();
        assertEquals(1, upstream.requestCount());
    }

    @Test
    void aLargeErrorPageIsStillTheErrorThatItIs() throws Exception {
        script = request -> request.sendJson(400, "x".repeat(2_000_000));

        assertEquals("The upstream answered 400.", failure(patient.reconcile()).message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{", "[]", "null", "{\"data\":null}", "{\"data\":{}}"})
    void anAnswerThatIsNotTheContractsIsInvalid(String body) throws Exception {
        script = request -> request.sendJson(200, body);

        assertEquals(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                failure(patient.readStack()).code());
        assertEquals(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                failure(patient.reconcile()).code());
        assertEquals(2, upstream.requestCount());
    }

    @Test
    void deepNestingIsInvalid() throws Exception {
        script = request -> request.sendJson(200, "[".repeat(1_000_000));

        assertEquals(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                failure(patient.readStack()).code());
    }

    @Test
    void anErrorMessageThatIsExposedIsCleanedAndCut() throws Exception {
        script = request -> request.sendJson(
                400, "{\"error\":{\"code\":\"x\\r\\ny\",\"message\":\"" + "long\\u0000".repeat(100) + "\"}}");

        HttpReconcilerSettings settings = TestReconciler.settings(upstream.uri(), TIMEOUT, 1, 16);
        try (TestReconciler exposing = TestReconciler.of(settings, HttpReconcilerBuilder::exposeUpstreamMessages)) {
            String message = failure(exposing.reconcile()).message();

            assertTrue(message.startsWith("The upstream answered 400 x y: long long "), message);
            assertTrue(message.length() <= "The upstream answered 400 ".length() + 200, message);
        }
        assertEquals("The upstream answered 400.", failure(patient.reconcile()).message());
    }

    @Test
    void aValueThatBreaksARuleIsQuotedOnlyIfMessagesAreExposed() throws Exception {
        script = request ->
                request.sendJson(200, RUNTIME.replace("\"idle\"", "17").replace("2,", "\"10.0.0.7\","));
        HttpReconcilerSettings settings = TestReconciler.settings(upstream.uri(), TIMEOUT, 1, 16);
        try (TestReconciler exposing = TestReconciler.of(settings, HttpReconcilerBuilder::exposeUpstreamMessages)) {
            String ours = failure(patient.reconcile()).message();
            String exposed = failure(exposing.reconcile()).message();

            assertEquals("The upstream's answer is invalid: 'data' breaks the contract.", ours);
            assertTrue(exposed.startsWith(ours + " 'runtimeState' of a stage runtime must be"), exposed);
            assertTrue(exposed.contains("17"), exposed);
        }
    }

    @Test
    void nothingOfAnInterimAnswerIsTakenForTheAnswer() throws Exception {
        script = request -> {
            request.send("HTTP/1.1 103 Early Hints\r\nETag: \"no\"\r\n\r\n");
            request.sendJson(200, RUNTIME);
        };

        assertEquals("review", answer(patient.reconcile()).status().value());
        assertEquals("review", answer(patient.reconcile()).status().value());
    }

    @Test
    void anAnswerWithoutARequestEndsTheConnectionAndIsNotTakenForTheNextAnswer() throws Exception {
        script = request -> {
            request.sendJson(200, RUNTIME);
            request.sendJson(200, RUNTIME.replace("review", "done"));
            request.hang();
        };

        answer(patient.reconcile());
        upstream.next().awaitLeft();
        assertEquals("review", answer(patient.reconcile()).status().value());
    }

    @Test
    void anUnknownHostIsNamedAsSuch() throws Exception {
        try (TestReconciler reconciler =
                TestReconciler.of(TestReconciler.settings(URI.create("http://no-such-host.invalid"), TIMEOUT, 1, 16))) {
            assertEquals(
                    Optional.of("unknown host"), failure(reconciler.readStack()).reason());
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsNoError() throws Exception {
        script = request -> {
            request.sendJson(200, request.head().startsWith("GET") ? DOCUMENT : RUNTIME);
            // Said nothing of closing: the client takes the connection for its next request.
            request.connection().shutdownOutput();
            request.hang();
        };
        for (int i = 0; i < 20; i++) {
            answer(patient.readStack());
            answer(patient.reconcile());
        }
    }

    @Test
    void aConnectionThatIsResetOnItsSecondRequestIsNoError() throws Exception {
        script = request -> {
            request.sendJson(200, RUNTIME);
            if (request.connection().getInputStream().read() >= 0) {
                request.reset();
            }
        };
        // More than enough to open a breaker that is content with half of the attempts.
        for (int i = 0; i < 12; i++) {
            answer(patient.reconcile());
        }
    }

    @Test
    void nobodyThereIsUnavailable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (TestReconciler reconciler = TestReconciler.of(URI.create("http://127.0.0.1:" + port))) {
            ReconcileException failure = failure(reconciler.readStack());

            assertEquals(ErrorCode.UPSTREAM_UNAVAILABLE, failure.code());
            assertEquals("The connection to the upstream failed.", failure.message());
            assertEquals(Optional.of("connection refused"), failure.reason());
            assertEquals(
                    ErrorCode.RECONCILE_FAILED, failure(reconciler.reconcile()).code());
        }
    }

    /** Without a second attempt. */
    private TestReconciler inManualTime() {
        return TestReconciler.of(TestReconciler.settings(upstream.uri(), TIMEOUT, 1, 16), time);
    }
}
