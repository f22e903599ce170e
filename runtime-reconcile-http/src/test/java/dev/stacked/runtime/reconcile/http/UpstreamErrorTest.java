package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorTest {
    @ParameterizedTest
    @ValueSource(strings = {"Stack not found.", "stack not found", " STACK NOT FOUND.\n"})
    void aStackIsNotFoundHoweverItIsSpelt(String message) {
        assertTrue(new UpstreamError("not-found", message).isStackNotFound());
    }

    @Test
    void otherThingsThatAreNotFoundAreNoStack() {
        assertFalse(new UpstreamError("not-found", "Project config not found at /srv.").isStackNotFound());
        assertFalse(new UpstreamError("not-found", "Stage not found.").isStackNotFound());
        assertFalse(new UpstreamError("not-found", "").isStackNotFound());
        assertFalse(new UpstreamError("internal", "Stack not found.").isStackNotFound());
    }
}
