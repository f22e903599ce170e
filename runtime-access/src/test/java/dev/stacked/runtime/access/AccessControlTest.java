package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class AccessControlTest {
    private static final AccessRequest REQUEST = new AccessRequest(
            new StackId("checkout"),
            AccessScope.READ,
            InetAddress.getLoopbackAddress(),
            name -> Optional.empty(),
            name -> Optional.empty());

    private final ManualTime time = new ManualTime();
    private final FakeThread thread = new FakeThread();
    private final StreamAdmission admission = new StreamAdmission(StreamLimits.of(1), new Random(1), time::nanoTime);
    private final List<AuthorizedRequest> authorized = new ArrayList<>();
    private final List<NotAdmittedException> refused = new ArrayList<>();
    private CompletionStage<Access> answer = CompletableFuture.completedStage(Access.anybody());
    private int calls;

    private final AccessControl control = control(request -> {
        calls++;
        return answer;
    });

    private AccessControl control(StreamAuthorizer authorizer) {
        return new AccessControl(authorizer, admission, time.clock(), 1, time::nanoTime);
    }

    private void authorize(Access access) {
        answer = CompletableFuture.completedStage(access);
        authorize();
    }

    private void authorize() {
        control.authorize(REQUEST, thread, authorized::add, refused::add);
    }

    private AuthorizedRequest onlyAuthorized() {
        assertEquals(List.of(), refused);
        assertEquals(1, authorized.size());
        return authorized.get(0);
    }

    private NotAdmittedException onlyRefusal() {
        assertEquals(List.of(), authorized);
        assertEquals(1, refused.size());
        return refused.get(0);
    }

    @Test
    void allowedRequestMayOpenAStreamWhileThereIsRoom() {
        authorize(Access.allowed("ann"));

        onlyAuthorized().admit(permit -> assertEquals(1, admission.openStreams()));

        NotAdmittedException full =
                assertThrows(NotAdmittedException.class, () -> onlyAuthorized().admit(permit -> {}));
        assertEquals(RefusalReason.STREAMS, full.reason());
    }

    @Test
    void streamThatFailsToStartReleasesItsPermit() {
        authorize(Access.allowed("ann"));

        assertThrows(
                IllegalStateException.class,
                () -> onlyAuthorized().admit(permit -> {
                    throw new IllegalStateException("It failed to start.");
                }));

        assertEquals(0, admission.openStreams());
    }

    @Test
    void unknownClientGetsAChallenge() {
        authorize(Access.unauthenticated("A token is required."));

        NotAdmittedException refusal = onlyRefusal();
        assertEquals(RefusalReason.UNAUTHENTICATED, refusal.reason());
        assertEquals("A token is required.", refusal.getMessage());
        assertEquals(Optional.of("Bearer realm=\"runtime\""), refusal.challenge());
        assertEquals(Optional.empty(), refusal.retryAfter());
    }

    @Test
    void forbiddenRequestIsRefusedForGood() {
        authorize(Access.forbidden("Not yours."));

        NotAdmittedException refusal = onlyRefusal();
        assertEquals(RefusalReason.FORBIDDEN, refusal.reason());
        assertEquals("Not yours.", refusal.getMessage());
        assertEquals(Optional.empty(), refusal.retryAfter());
    }

    @Test
    void accessThatHasExpiredIsRefused() {
        authorize(Access.allowed("ann", ManualTime.START));

        assertEquals(RefusalReason.UNAUTHENTICATED, onlyRefusal().reason());
        assertEquals("The token has expired.", onlyRefusal().getMessage());
    }

    @Test
    void failedAuthorizerRefusesForNow() {
        answer = CompletableFuture.failedStage(new IllegalStateException("down"));
        authorize();

        assertEquals(RefusalReason.AUTHORIZER_UNAVAILABLE, onlyRefusal().reason());
        assertTrue(onlyRefusal().retryAfter().isPresent());
    }

    @Test
    void addressWithTooManyInvalidTokensIsRefusedWithoutACall() {
        for (int i = 0; i < 10; i++) {
            authorize(Access.invalidToken("It has expired."));
        }
        assertEquals(10, calls);

        authorize(Access.allowed("ann"));

        assertEquals(10, calls);
        assertEquals(RefusalReason.FAILURES_PER_ADDRESS, refused.get(10).reason());
        time.advance(Duration.ofSeconds(1));
        authorize(Access.allowed("ann"));
        assertEquals(1, authorized.size());
    }

    @Test
    void streamIsWatchedIfAccessMayEnd() {
        authorize(Access.allowed("ann"));
        AccessWatch watch = onlyAuthorized().watch(thread);
        watch.start(() -> {});

        assertEquals(1, thread.timers());
    }

    @Test
    void streamIsNotWatchedIfAccessCannotEnd() {
        control(StreamAuthorizer.OPEN).authorize(REQUEST, thread, authorized::add, refused::add);

        assertSame(AccessWatch.NONE, onlyAuthorized().watch(thread));
    }

    @Test
    void expiryIsWatchedThoughAccessIsNotRevoked() {
        StreamAuthorizer untilTomorrow = new StreamAuthorizer() {
            @Override
            public CompletionStage<Access> authorize(AccessRequest request) {
                return CompletableFuture.completedStage(
                        Access.allowed("ann", ManualTime.START.plus(Duration.ofDays(1))));
            }

            @Override
            public boolean mayRevoke() {
                return false;
            }
        };
        control(untilTomorrow).authorize(REQUEST, thread, authorized::add, refused::add);
        AccessWatch watch = onlyAuthorized().watch(thread);
        watch.start(() -> {});

        assertTrue(watch.permits(null));
        time.advance(Duration.ofDays(1));
        assertFalse(watch.permits(null));
    }
}
