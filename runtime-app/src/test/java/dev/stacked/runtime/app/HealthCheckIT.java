package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

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
}
