package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpReconcilerSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void defaultsAreTheContracts() {
        HttpReconcilerSettings settings = HttpReconcilerSettings.of(URI.create("http://localhost:4173"));

        assertEquals("/api/stacks/{stackId}", settings.stackPath());
        assertEquals("/api/stacks/{stackId}/stages/{stageId}/implementation/reconcile", settings.reconcilePath());
        assertEquals(Duration.ofSeconds(10), settings.timeout());
        assertEquals(3, settings.retryAttempts());
        assertEquals(16, settings.concurrency());
    }

    @ParameterizedTest
    @CsvSource({
        "http://host, http://host",
        "HTTPS://host:8443/, HTTPS://host:8443",
        "http://[::1]:80/prefix//, http://[::1]:80/prefix"
    })
    void aSlashAtTheEndOfTheBaseDoesNotCount(URI base, URI kept) {
        assertEquals(kept, HttpReconcilerSettings.of(base).base());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://host | base must be an http or https URL; its scheme is 'ftp'.",
                "/path | base must be an http or https URL; its scheme is 'null'.",
                "http:/path | base must name a valid host.",
                "http://ho_st | base must name a valid host.",
                "http://user:secret@host | base must not hold user info.",
                "http://user:secret@ho_st | base must name a valid host.",
                "http://host?token=secret | base must not hold a query or a fragment.",
                "http://host#secret | base must not hold a query or a fragment."
            })
    void aBaseThatCannotBeUsedIsRefusedWithoutShowingSecrets(URI base, String rule) {
        String message = assertThrows(IllegalArgumentException.class, () -> HttpReconcilerSettings.of(base))
                .getMessage();

        assertEquals(rule, message);
        assertFalse(message.contains("secret"));
    }

    @Test
    void figuresOutOfBoundsAreRefused() {
        assertRefused("timeout must be between 1 ms and 1 day; it is PT0S.", Duration.ZERO, 3, 16);
        assertRefused("timeout must be between 1 ms and 1 day; it is PT-1S.", SECOND.negated(), 3, 16);
        assertRefused("timeout must be between 1 ms and 1 day; it is PT48H.", Duration.ofDays(2), 3, 16);
        assertRefused("retryAttempts must be at least 1; it is 0.", SECOND, 0, 16);
        assertRefused("concurrency must be at least 1; it is -1.", SECOND, 3, -1);
    }

    @Test
    void templatesWithoutTheIdsAreRefused() {
        URI base = URI.create("http://host");
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpReconcilerSettings(base, "/stacks", "/{stackId}/{stageId}", SECOND, 3, 16));
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpReconcilerSettings(base, "/{stackId}", "/{stageId}", SECOND, 3, 16));
    }

    private static void assertRefused(String rule, Duration timeout, int attempts, int concurrency) {
        URI base = URI.create("http://host");
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new HttpReconcilerSettings(
                                base, "/{stackId}", "/{stackId}/{stageId}", timeout, attempts, concurrency))
                .getMessage();
        assertEquals(rule, message);
    }
}
