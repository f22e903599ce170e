package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckIT {
    @Test
    void itSaysWhetherTheServerIsReady() {
        String url;
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"})) {
            String admin = app.adminUrl().orElseThrow();
            url = admin + "/health/ready";

            assertEquals("", HealthCheck.problem(url));
            assertEquals("status 404", HealthCheck.problem(admin + "/no-such-page"));
        }
        assertEquals("Connection refused", HealthCheck.problem(url));
    }

    @Test
    void whatIsNoUrlIsAProblemInOneLine() {
        assertEquals("URI is not absolute", HealthCheck.problem("health/ready"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "mailto:operator@example.com", "jar:file:///x.jar!/y"})
    void urlOfAnotherSchemeIsAProblemInOneLine(String url) {
        assertEquals("not an http or https URL", HealthCheck.problem(url));
    }
}
