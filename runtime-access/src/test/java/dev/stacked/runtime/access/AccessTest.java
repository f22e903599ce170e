package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
    private static String challenge(String message) {
        return ((Access.Unauthenticated) Access.invalidToken(message)).challenge();
    }

    @Test
    void challengeTellsWhatIsWrongWithTheToken() {
        assertEquals(
                "Bearer realm=\"runtime\", error=\"invalid_token\", error_description=\"It has expired.\"",
                challenge("It has expired."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Say \"please\".", "a\\b", "Il a expir\u00e9.", "a\r\nb", ""})
    void whatDoesNotFitIntoTheChallengeIsToldInTheBodyAlone(String message) {
        assertEquals("Bearer realm=\"runtime\", error=\"invalid_token\"", challenge(message));
        assertEquals(message, ((Access.Unauthenticated) Access.invalidToken(message)).message());
    }
}
