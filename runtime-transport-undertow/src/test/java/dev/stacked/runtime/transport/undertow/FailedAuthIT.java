package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessRequest;
import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.ClientAddresses;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.access.StreamAuthorizer;
import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import dev.stacked.runtime.testkit.RawClient;
import dev.stacked.runtime.testkit.ResponseHead;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One address that sends invalid credentials again and again. */
final class FailedAuthIT {
    private static final int PER_SECOND = 1;
    private static final int AT_ONCE = 10;

    private final ManualTime time = new ManualTime();
    private final AtomicInteger questions = new AtomicInteger();
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(100), new Random(1), time::nanoTime);
    private final AccessFilter filter = new AccessFilter(
            new Authorizer(),
            admission,
            new ClientAddresses(List.of("127.0.0.1")),
            time.clock(),
            PER_SECOND,
            time::nanoTime);
    private final TestServer server =
            new TestServer(new Routes(Map.of("/stacks/{id}", new Pass(filter, OriginPolicy.ownOnly()))));

    /** Knows the tokens "good" and "known", and remembers the latter. */
    private final class Authorizer implements StreamAuthorizer {
        @Override
        public CompletionStage<Access> authorize(AccessRequest request) {
            questions.incrementAndGet();
            String token = request.header("Authorization").orElse("");
            return CompletableFuture.completedStage(
                    switch (token) {
                        case "" -> Access.unauthenticated("A token is required.");
                        case "good", "known" -> Access.allowed("ann");
                        default -> Access.invalidToken("The token is not valid.");
                    });
        }

        @Override
        public boolean remembers(AccessRequest request) {
            return request.header("Authorization").filter("known"::equals).isPresent();
        }
    }

    private static final class Pass extends StackHandler {
        Pass(AccessFilter access, OriginPolicy origins) {
            super(access, origins, "GET");
        }

        @Override
        void serve(HttpServerExchange exchange, StackId stack) {
            access().authorize(exchange, stack, AccessScope.READ, authorized -> exchange.endExchange());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ResponseHead asked(String token, String address) {
        try (RawClient client = new RawClient(server.base())) {
            return client.request("GET", "/stacks/s", "X-Forwarded-For: " + address, "Authorization: " + token)
                    .head();
        }
    }

    private int status(String token) {
        return asked(token, "192.0.2.1").status();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(401, status("bad" + i));
        }
    }

    @Test
    void addressThatFailsTooOftenIsRefusedWithoutAskingTheAuthorizer() {
        fail(AT_ONCE);
        int before = questions.get();

        ResponseHead refused = asked("bad", "192.0.2.1");

        assertEquals(503, refused.status());
        assertTrue(refused.headers().get("Retry-After").matches("[1-5]"));
        assertEquals(503, status("good"));
        assertEquals(before, questions.get());
        assertEquals(2, admission.refusals().count(RefusalReason.FAILURES_PER_ADDRESS));
    }

    @Test
    void credentialsThatAreRememberedPassAllTheSame() {
        fail(AT_ONCE);

        assertEquals(200, status("known"));
    }

    @Test
    void otherAddressesAreNotRefused() {
        fail(AT_ONCE);

        assertEquals(200, asked("good", "192.0.2.2").status());
        assertEquals(401, asked("bad", "192.0.2.2").status());
    }

    @Test
    void addressIsAskedForAgainAfterAWhile() {
        fail(AT_ONCE);

        time.advance(Duration.ofSeconds(1));

        assertEquals(200, status("good"));
        assertEquals(401, status("bad"));
        assertEquals(503, status("good"));
    }

    @Test
    void missingCredentialsAndGoodOnesCountForNothing() {
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            assertEquals(401, status(""));
            assertEquals(200, status("good"));
        }
    }
}
