package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WrongValueTest {
    static final String DURATION =
            "must be a whole number and a unit (ms, s, m or h), from 10ms to 24h, such as 200ms or 2s.";
    private static final String DURATION_OR_ZERO =
            "must be a whole number and a unit (ms, s, m or h), from 0ms to 24h, such as 200ms or 2s.";
    static final String URL =
            "must be an http or https URL without user, query or fragment, such as http://localhost:5173.";
    private static final String STACK_PATH =
            "must be a URL path that begins with '/' and holds {stackId} once, as a whole segment.";
    private static final String RECONCILE_PATH =
            "must be a URL path that begins with '/' and holds {stackId} and {stageId} once, as a whole segment.";
    static final String HOST = "must be a host name or an IP address, such as localhost, 0.0.0.0 or ::1.";
    private static final String TRANSPORTS = "must be sse, websocket, or both with a comma between.";
    private static final String ORIGIN =
            "must be http(s)://host or http(s)://host:port, without a path; several have a comma between.";
    private static final String EVENT = "must be a letter and up to 63 letters, digits, '_' or '-',"
            + " and not snapshot, stage-runtime, review-ready or heartbeat.";

    private static final String ADMIN_PORT = "must be a whole number from 0 to 65535, or off.";

    private static final String BASE_PATH =
            "must be a path such as /runtime: of letters, digits, '.', '_', '~' or '-', and without '/' at its end.";

    private static final String NETWORK =
            "must be an IP address or a network such as 10.0.0.0/8; several have a comma between.";
    private static final String ALGORITHM =
            "must be RS, PS or ES with 256, 384 or 512, such as RS256; several have a comma between.";
    private static final String JWKS_URL =
            "must be an https URL without user or fragment; http is for localhost, 127.0.0.1 and [::1].";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{1}={2} from {0}")
    @MethodSource("wrongValuesFromEverySource")
    void aWrongValueIsNamedWithItsOptionItsPlaceAndTheRule(Source source, String option, String value, String rule) {
        OptionsFixture invocation = source.set(new OptionsFixture(directory), option, value);

        assertEquals(
                "%s '%s'%s %s".formatted(option, value, source.place(invocation, option), rule),
                invocation.complaint());
    }

    static Stream<Arguments> wrongValuesFromEverySource() {
        return Arrays.stream(Source.values())
                .flatMap(source -> wrongValues()
                        .flatMap(wrong -> Arrays.stream((String[]) wrong.get()[2])
                                .map(value -> Arguments.of(source, wrong.get()[0], value, wrong.get()[1]))));
    }

    private static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong("--upstream", URL, "localhost:5173", "ftp://host", "http://", "http://host?q", "http://host#f"),
                wrong("--upstream", URL, "http://a b", "http://host:65536", "//host", "http://under_score"),
                wrong("--host", HOST, "a b", "http://host", "[::1]"),
                wrong("--port", from0To(65_535), "-1", "65536", "99999999999", "http", "1.5", "0x10", "+1", "٣"),
                wrong("--stack-path", STACK_PATH, "{stackId}", "/stacks", "/{stackId}/{stackId}", "/{stackId}?q=1"),
                wrong(
                        "--stack-path",
                        STACK_PATH,
                        "/s-{stackId}",
                        "/{stackId}/{stageId}",
                        "/../{stackId}",
                        "/%/{stackId}"),
                wrong("--reconcile-path", RECONCILE_PATH, "/{stackId}", "/{stageId}", "/{stackId}/{stageId}/ /x"),
                wrong("--reconcile-path", RECONCILE_PATH, "/{stackId}/{stackId}", "/{stackId}/{stageId}/{other}"),
                wrong("--poll-interval", DURATION, "2", "2 s", "1.5s", "-1s", "0s", "9ms", "25h", "1d", "2S", "PT2S"),
                wrong("--idle-poll-interval", DURATION, "0s", "never"),
                wrong("--max-poll-interval", DURATION, "0s", "off"),
                wrong("--document-interval", DURATION.replace("10ms", "0ms"), "never", "-1s"),
                wrong("--max-backoff", DURATION, "0s", "10"),
                wrong(
                        "--upstream-rate",
                        "must be a whole number from 1 to 1000000 and '/s', such as 50/s.",
                        "50",
                        "0/s",
                        "1000001/s",
                        "1.5/s",
                        "50/m",
                        "-1/s"),
                wrong("--heartbeat-interval", DURATION, "99999999999999999999h"),
                wrong("--first-snapshot-timeout", DURATION, "soon"),
                wrong("--retain", DURATION, "0ms"),
                wrong("--write-timeout", DURATION, "s"),
                wrong("--upstream-timeout", DURATION, "86401s"),
                wrong("--history", from1To(65_536), "0", "65537"),
                wrong("--history-bytes", "must be a whole number from 1024 to 1073741824.", "1023", "1073741825"),
                wrong("--retry-attempts", from1To(10), "0", "11"),
                wrong("--reconcile-concurrency", from1To(Integer.MAX_VALUE), "0", "2147483648"),
                wrong("--max-connections", from1To(Integer.MAX_VALUE), "0", "many"),
                wrong("--max-stacks", from1To(Integer.MAX_VALUE), "0"),
                wrong("--max-connections-per-stack", from1To(Integer.MAX_VALUE), "0"),
                wrong("--max-connections-per-principal", from1To(Integer.MAX_VALUE), "0"),
                wrong("--max-connections-per-address", from1To(Integer.MAX_VALUE), "0"),
                wrong("--new-connections-per-address", from1To(Integer.MAX_VALUE), "0", "0.5"),
                wrong("--max-sockets-per-address", from1To(Integer.MAX_VALUE), "0"),
                wrong("--max-streams-per-socket", from1To(Integer.MAX_VALUE), "0"),
                wrong("--trusted-proxy", NETWORK, "localhost", "10.0.0.0/33", "10.0.0", "*"),
                wrong("--jwt-algorithms", ALGORITHM, "none", "HS256", "rs256", "EdDSA"),
                wrong("--jwt-jwks-url", JWKS_URL, "http://issuer.example/keys", "keys", "file:///keys", "https://"),
                wrong("--jwt-jwks-url", JWKS_URL, "https://host/#f", "http://127.0.0.1.example/"),
                wrong(
                        "--base-path",
                        BASE_PATH,
                        "runtime",
                        "/",
                        "/runtime/",
                        "/a//b",
                        "/a b",
                        "/..",
                        "/a/.",
                        "/{x}",
                        "/?"),
                wrong("--page", "must be true or false.", "off", "TRUE"),
                wrong("--transports", TRANSPORTS, "carrier-pigeon", "SSE"),
                wrong("--allowed-origin", ORIGIN, "*", "null", "host", "https://host/", "ftp://host"),
                wrong("--drain-window", DURATION_OR_ZERO, "0", "-1s", "25h", "never"),
                wrong("--error-event", EVENT, "1st", "a b", "snapshot", "heartbeat", "x".repeat(65)),
                wrong("--admin-host", HOST, "a b", "http://host"),
                wrong("--admin-port", ADMIN_PORT, "-1", "65536", "OFF", "none"),
                wrong("--log-format", "must be text or json.", "xml", "JSON"),
                wrong("--log-level", "must be error, warn, info, debug or trace.", "INFO", "off", "warning"));
    }

    private static Arguments wrong(String option, String rule, String... values) {
        return Arguments.of(option, rule, values);
    }

    private static String from0To(int most) {
        return "must be a whole number from 0 to " + most + ".";
    }

    private static String from1To(int most) {
        return "must be a whole number from 1 to " + most + ".";
    }
}
