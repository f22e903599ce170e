package dev.stacked.runtime.app.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StreamSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsParserTest {
    @TempDir
    Path directory;

    @Test
    void everyOptionHasItsDefault() {
        ServerOptions server = new ServerOptions("127.0.0.1", 8080, 20_000, Duration.ofSeconds(30));
        UpstreamOptions upstream = new UpstreamOptions(
                new UpstreamSource.Demo(),
                "/api/stacks/{stackId}",
                "/api/stacks/{stackId}/stages/{stageId}/implementation/reconcile",
                Duration.ofSeconds(5),
                3,
                16);

        assertEquals(
                new AppOptions(server, upstream, StreamSettings.defaults()),
                invocation().args("--demo").options());
    }

    @ParameterizedTest(name = "{1} from {0}")
    @MethodSource("everyOptionFromEverySource")
    void everyOptionComesFromEverySource(
            Source source, String option, String value, Function<AppOptions, Object> reading, Object expected) {
        boolean namesUpstream = option.equals("--upstream") || option.equals("--demo");
        OptionsFixture invocation = namesUpstream ? invocation() : invocation().args("--demo");

        assertEquals(
                expected, reading.apply(source.set(invocation, option, value).options()));
    }

    static Stream<Arguments> everyOptionFromEverySource() {
        return Arrays.stream(Source.values())
                .flatMap(source -> everyOption()
                        .map(option -> Arguments.of(Stream.concat(Stream.of(source), Arrays.stream(option.get()))
                                .toArray())));
    }

    private static Stream<Arguments> everyOption() {
        return Stream.of(
                option(
                        "--upstream",
                        "https://host:1/base",
                        options -> options.upstream().source(),
                        new UpstreamSource.Remote(URI.create("https://host:1/base"))),
                option("--demo", "true", options -> options.upstream().source(), new UpstreamSource.Demo()),
                option("--host", "::1", options -> options.server().host(), "::1"),
                option("--port", "0", options -> options.server().port(), 0),
                option(
                        "--stack-path",
                        "/s/{stackId}",
                        options -> options.upstream().stackPath(),
                        "/s/{stackId}"),
                option(
                        "--reconcile-path",
                        "/{stageId}/of/{stackId}",
                        options -> options.upstream().reconcilePath(),
                        "/{stageId}/of/{stackId}"),
                option("--poll-interval", "200ms", options -> options.streams().pollInterval(), Duration.ofMillis(200)),
                option(
                        "--heartbeat-interval",
                        "1m",
                        options -> options.streams().heartbeatInterval(),
                        Duration.ofMinutes(1)),
                option(
                        "--first-snapshot-timeout",
                        "10ms",
                        options -> options.streams().firstSnapshotTimeout(),
                        Duration.ofMillis(10)),
                option("--retain", "24h", options -> options.streams().retain(), Duration.ofHours(24)),
                option("--history", "65536", options -> options.streams().history(), 65_536),
                option("--write-timeout", "7s", options -> options.server().writeTimeout(), Duration.ofSeconds(7)),
                option("--upstream-timeout", "9s", options -> options.upstream().timeout(), Duration.ofSeconds(9)),
                option("--retry-attempts", "10", options -> options.upstream().retryAttempts(), 10),
                option(
                        "--reconcile-concurrency",
                        "1",
                        options -> options.upstream().reconcileConcurrency(),
                        1),
                option("--max-connections", "1", options -> options.server().maxConnections(), 1),
                option("--error-event", "problem", options -> options.streams().errorEvent(), "problem"));
    }

    private static Arguments option(String name, String value, Function<AppOptions, Object> reading, Object expected) {
        return Arguments.of(name, value, reading, expected);
    }

    @ParameterizedTest
    @CsvSource({"2s, 5s, 5s", "9s, 5s, 9s"})
    void aCallMayTakeAsLongAsTheLongerOfPollIntervalAndUpstreamTimeout(
            String pollInterval, String upstreamTimeout, String budget) {
        AppOptions options = invocation()
                .args("--demo", "--poll-interval", pollInterval, "--upstream-timeout", upstreamTimeout)
                .options();

        assertEquals(new DurationConverter().convert(budget), options.streams().callBudget());
    }

    @Test
    void commandLineCountsBeforeEnvironmentAndEnvironmentBeforeFile() {
        OptionsFixture invocation = invocation()
                .args("--demo", "--port", "1")
                .env("RUNTIME_PORT", "2")
                .env("RUNTIME_HISTORY", "2")
                .file("port=3\nhistory=3\nretry-attempts=3\n");

        AppOptions options = invocation.options();

        assertEquals(1, options.server().port());
        assertEquals(2, options.streams().history());
        assertEquals(3, options.upstream().retryAttempts());
    }

    @Test
    void theEnvironmentCanNameTheFile() {
        OptionsFixture withFile = invocation().file("port=3");

        AppOptions options = invocation()
                .args("--demo")
                .env("RUNTIME_CONFIG", withFile.file().toString())
                .options();

        assertEquals(3, options.server().port());
    }

    @Test
    void anEmptyVariableAndVariablesOfOthersSetNothing() {
        AppOptions options = invocation()
                .args("--demo")
                .env("RUNTIME_PORT", "")
                .env("RUNTIME_VERSION", "3.12")
                .env("RUNTIME_HELP", "yes")
                .env("RUNTIME_ENGINE", "v8")
                .options();

        assertEquals(8080, options.server().port());
    }

    @Test
    void aWrongValueThatDoesNotCountDoesNotMatter() {
        assertEquals(
                1,
                invocation()
                        .args("--demo", "--port", "1")
                        .env("RUNTIME_PORT", "x")
                        .options()
                        .server()
                        .port());
    }

    @ParameterizedTest
    @CsvSource({"--demo=true", "--demo"})
    void demoOnTheCommandLineDoesNotTurnOffDemoInTheEnvironment(String demo) {
        AppOptions options = invocation().args(demo).env("RUNTIME_DEMO", "true").options();

        assertEquals(new UpstreamSource.Demo(), options.upstream().source());
    }

    @Test
    void demoCanBeTurnedOffBeforeAnUpstream() {
        AppOptions options = invocation()
                .args("--demo=false", "--upstream", "http://host")
                .env("RUNTIME_DEMO", "true")
                .options();

        assertEquals(
                new UpstreamSource.Remote(URI.create("http://host")),
                options.upstream().source());
    }

    @Test
    void anUpstreamIsMissedOnlyWhereOneIsAsked() {
        UpstreamSource source = invocation().options().upstream().source();

        String line = assertThrows(InvalidOptionsException.class, () -> source.base(() -> URI.create("http://demo")))
                .line();
        assertEquals("One of --upstream URL and --demo is required.", line);
    }

    @Test
    void helpListsEveryOptionWhateverTheEnvironmentHolds() {
        String help = invocation().args("--help").env("RUNTIME_PORT", "x").information();

        everyOption()
                .map(option -> (String) option.get()[0])
                .forEach(option -> assertTrue(help.contains(option), option));
        assertTrue(help.contains("Default: 20000."), help);
        assertFalse(help.contains("${"), help);
    }

    @Test
    void versionIsOneLine() {
        String version = invocation().args("--version").information();

        assertTrue(version.matches("runtime-app \\S.*"), version);
    }

    private OptionsFixture invocation() {
        return new OptionsFixture(directory);
    }
}
