package dev.stacked.runtime.access.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.stacked.runtime.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerifiedTokensTest {
    private final ManualTime time = new ManualTime();
    private final Grant grant = new Grant("user", time.clock().instant().plus(Duration.ofHours(1)), List.of(), false);
    private final List<Boolean> lockHeld = new ArrayList<>();
    private final VerifiedTokens tokens = new VerifiedTokens(time.clock(), this::hash);

    private String hash(String token) {
        lockHeld.add(Thread.holdsLock(tokens));
        return "hash of " + token;
    }

    @Test
    void hashesAreComputedOutsideTheLock() {
        tokens.add("token", grant);

        assertEquals(Optional.of(grant), tokens.find("token"));
        assertEquals(List.of(false, false), lockHeld);
    }

    @Test
    void tokenIsKeptForAMinuteOnly() {
        tokens.add("token", grant);

        time.advance(VerifiedTokens.KEPT);

        assertFalse(tokens.find("token").isPresent());
        assertEquals(0, tokens.size());
    }
}
