package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.testkit.Patience;
import dev.stacked.runtime.testkit.PolledUpstream;
import dev.stacked.runtime.testkit.ScriptedAccess;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of every transport about access and limits, tested over real sockets. Subclasses provide a {@link
 * #harness} for their transport.
 */
public abstract class TransportAccessContract {
    private static final int NONE = TransportLimits.NONE;
    /** Short enough to wait for, and long enough for a busy client to answer a transport's pings. */
    private static final StreamSettings LIVELY = PolledUpstream.SETTINGS.withHeartbeatInterval(Duration.ofMillis(500));

    private final ScriptedAccess access = new ScriptedAccess();
    private @Nullable TransportRun current;

    /** The transport under test. */
    protected abstract GuardedTransportHarness harness();

    private TransportRun start() {
        return start(LIVELY, TransportRun.LIMITS);
    }

    private TransportRun start(TransportLimits limits) {
        return start(PolledUpstream.SETTINGS, limits);
    }

    private TransportRun start(StreamSettings settings, TransportLimits limits) {
        TransportRun run =
                new TransportRun(harness(), settings, registry -> harness().start(registry, limits, access));
        run.stage();
        run.upstream.stack("other").stage("s1");
        current = run;
        return run;
    }

    private static TransportLimits limits(
            int maxStreams, int maxStacks, int perStack, int perPrincipal, int perAddress, int newPerSecond) {
        return new TransportLimits(
                maxStreams, maxStacks, perStack, perPrincipal, perAddress, newPerSecond, Patience.LIMIT);
    }

    @AfterEach
    void stop() {
        if (current != null) {
            current.close();
        }
    }

    @Test
    void somebodyUnknownIsRefusedAndNothingIsPolled() {
        TransportRun run = start();
        access.knowsNobody();

        HttpConnection answer = run.send(run.get("checkout"));

        Refusal.of(answer).is(401, "unauthenticated").says("Who are you?");
        assertTrue(answer.header("WWW-Authenticate").orElse("none").startsWith("Bearer "));
        assertEquals(0, run.upstream.callCount());
    }

    @Test
    void somebodyWhoMayNotReadIsRefusedAndNothingIsPolled() {
        TransportRun run = start();
        access.forbids();

        Refusal.of(run.send(run.get("checkout"))).is(403, "forbidden").says("Not yours.");
        assertEquals(0, run.upstream.callCount());
    }

    @Test
    void badIdIsToldBeforeAnybodyIsAsked() {
        TransportRun run = start();
        access.fails();

        Refusal.of(run.send(run.get("%20"))).is(400, "invalid-input").says("required");
    }

    @Test
    void nobodyIsLetInWhileTheAuthorizerFails() {
        TransportRun run = start();
        access.fails();

        Refusal.of(run.send(run.get("checkout"))).is(503, "unavailable").hasHeader("Retry-After");
        assertEquals(0, run.upstream.callCount());
        access.allows("ann");
        run.open().next("snapshot");
    }

    @Test
    void streamEndsWhenTheAnswerTurnsToNo() {
        TransportRun run = start();
        StreamClient client = run.open();
        client.next("snapshot");
        client.next("heartbeat");

        access.forbids();

        client.assertEndsAfterAnyOf("heartbeat");
        Refusal.of(run.send(run.get("checkout"))).is(403, "forbidden").says("Not yours.");
    }

    @Test
    void streamEndsWhenTheClientIsNoLongerKnown() {
        TransportRun run = start();
        StreamClient client = run.open();
        client.next("snapshot");

        access.knowsNobody();

        client.assertEndsAfterAnyOf("heartbeat");
        Refusal.of(run.send(run.get("checkout"))).is(401, "unauthenticated").says("Who are you?");
    }

    @Test
    void streamGoesOnWhileTheAuthorizerFailsAndEndsAtItsExpiry() {
        TransportRun run = start();
        access.allowsFor(Duration.ofMinutes(5));
        StreamClient client = run.open();
        client.next("snapshot");

        access.fails();
        access.pass(Duration.ofMinutes(4));
        for (int i = 0; i < 2; i++) {
            client.next("heartbeat");
        }
        access.pass(Duration.ofMinutes(1));

        client.assertEndsAfterAnyOf("heartbeat");
    }

    @Test
    void streamLivesOnIfTheExpiryIsPutOff() {
        TransportRun run = start();
        access.allowsFor(Duration.ofMinutes(5));
        StreamClient client = run.open();
        client.next("snapshot");

        access.allowsFor(Duration.ofMinutes(10));
        for (int i = 0; i < 2; i++) {
            client.next("heartbeat"); // the second at the latest triggers another check
        }
        access.pass(Duration.ofMinutes(6));
        run.stage().todos(1, 1);
        client.until(event -> event.name().equals("stage-runtime"));
        access.pass(Duration.ofMinutes(5));

        client.assertEndsAfterAnyOf("heartbeat", "stage-runtime");
        Refusal.of(run.send(run.get("checkout"))).is(401, "unauthenticated").says("expired");
    }

    @Test
    void eachStackHasItsLimit() {
        TransportRun run = start(limits(NONE, NONE, 1, NONE, NONE, NONE));
        StreamClient first = run.open();

        assertRefusedUntilLeft(run, run.get("checkout"), "The stack has reached its limit of 1 streams.", first);
    }

    @Test
    void stacksStreamedAtOnceHaveALimit() {
        TransportRun run = start(limits(NONE, 1, NONE, NONE, NONE, NONE));
        StreamClient first = run.open();
        run.open();

        Refusal.of(run.send(run.get("other")))
                .is(503, "too-many-connections")
                .says("The server has reached its limit of 1 stacks.");
        first.next("snapshot");
    }

    @Test
    void eachPrincipalHasItsLimit() {
        TransportRun run = start(limits(NONE, NONE, NONE, 1, NONE, NONE));
        StreamClient first = run.open();
        access.allows("bob");
        run.open();
        access.allows("ann");

        assertRefusedUntilLeft(run, run.get("checkout"), "You have reached your limit of 1 streams.", first);
    }

    @Test
    void eachAddressBehindAProxyHasItsLimit() {
        TransportRun run = start(limits(NONE, NONE, NONE, NONE, 1, NONE));
        StreamClient first = run.open();
        for (String others : List.of("203.0.113.7", "2001:db8:1:2::1", "2001:db8:1:3::1")) {
            assertEquals(harness().openStatus(), run.send(run.getFrom(others)).status());
        }
        String message = "Your address has reached its limit of 1 streams.";

        for (String again : List.of("203.0.113.7", "6.6.6.6, 203.0.113.7", "2001:db8:1:2:3:4:5:6")) {
            Refusal.of(run.send(run.getFrom(again)))
                    .is(503, "too-many-connections")
                    .says(message);
        }
        assertRefusedUntilLeft(run, run.get("checkout"), message, first);
    }

    @Test
    void addressMayOpenOnlySoManyStreamsInATime() {
        TransportRun run = start(limits(NONE, NONE, NONE, NONE, NONE, 1));
        for (int i = 0; i < 10; i++) {
            run.open().close();
        }

        Refusal refusal = Refusal.of(run.send(run.get("checkout")));

        refusal.is(503, "too-many-connections").hasHeader("Retry-After");
        refusal.says("Your address has reached its limit of 1 new streams a second.");
        assertEquals(
                harness().openStatus(), run.send(run.getFrom("203.0.113.7")).status());
    }

    private void assertRefusedUntilLeft(
            TransportRun run, HttpConnection.Request request, String message, StreamClient leaver) {
        Refusal refusal = Refusal.of(run.send(request));
        refusal.is(503, "too-many-connections").hasHeader("Retry-After");
        refusal.says(message);
        leaver.close();
        run.awaitStatus(request, harness().openStatus());
    }
}
