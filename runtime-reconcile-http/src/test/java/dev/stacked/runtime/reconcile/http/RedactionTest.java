package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private UpstreamHeaders headers = UpstreamHeaders.parse(List.of("Authorization: Bearer hunter2", "X-Key: k3y:4"));
    private final Redaction redaction = new Redaction(() -> headers);

    @Test
    void wordsAreOnOneLineAndShort() {
        assertEquals("internal: a b", redaction.clean("internal: a\r\nb"));
        assertEquals(SanitizedText.MAX_LENGTH, redaction.clean("x".repeat(500)).length());
    }

    @Test
    void credentialsAreHiddenWithAndWithoutTheirScheme() {
        assertEquals("*** is wrong, ***, *** too", redaction.clean("Bearer hunter2 is wrong, hunter2, k3y:4 too"));
    }

    @Test
    void shortValueIsNoCredential() {
        headers = UpstreamHeaders.parse(List.of("X-Debug: on", "X-Mode: a on"));

        assertEquals("connection: no", redaction.clean("connection: no"));
    }

    @Test
    void credentialAtTheLimitIsNotCutIntoView() {
        String clean = redaction.clean("x".repeat(SanitizedText.MAX_LENGTH - 5) + "hunter2");

        assertEquals("x".repeat(SanitizedText.MAX_LENGTH - 5) + "***", clean);
    }

    @Test
    void thoseBeforeTheLastChangeAreHiddenToo() {
        redaction.headers();
        headers = UpstreamHeaders.parse(List.of("Authorization: Bearer other"));

        assertEquals("***, ***", redaction.clean("hunter2, other"));
    }
}
