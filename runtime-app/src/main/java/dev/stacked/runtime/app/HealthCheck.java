package dev.stacked.runtime.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * The command for a container's health check: it requests a URL of the admin server, and exits with 0 if the status is
 * 200.
 */
public final class HealthCheck {
    private static final String DEFAULT_URL = "http://127.0.0.1:9464/health/ready";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private HealthCheck() {}

    /**
     * Sends one request and ends the process: with 0 if the status is 200, else with 1 and one line with the reason.
     *
     * @param args the URL; by default the readiness page on the admin server's default port
     */
    public static void main(String[] args) {
        String url = args.length == 0 ? DEFAULT_URL : args[0];
        String problem = problem(url);
        if (!problem.isEmpty()) {
            System.err.println(url + ": " + problem);
            System.exit(1);
        }
    }

    /** The reason of a failure; empty on success. */
    static String problem(String url) {
        try {
            if (!(URI.create(url).toURL().openConnection() instanceof HttpURLConnection connection)) {
                return "not an http or https URL";
            }
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            connection.setInstanceFollowRedirects(false);
            int status = connection.getResponseCode();
            return status == HttpURLConnection.HTTP_OK ? "" : "status " + status;
        } catch (IOException | IllegalArgumentException e) { // the latter for an invalid URL
            return String.valueOf(e.getMessage());
        }
    }
}
