package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.access.StreamLimits;
import dev.stacked.runtime.app.InvalidOptionsException;
import dev.stacked.runtime.core.StreamSettings;
import dev.stacked.runtime.transport.undertow.ConnectionLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsParserTest {
    @TempDir
    Path directory;

    @Test
    void everyOptionHasItsDefault() {
        ServerOptions server = new ServerOptions(
                "127.0.0.1",
                8080,
                20_000,
                Duration.ofSeconds(30),
                Set.of(ServerOptions.Transport.SSE, ServerOptions.Transport.WEBSOCKET),
                "",
                true,
                List.of(),
                List.of(),
                Duration.ofSeconds(5));
        UpstreamOptions upstream = new UpstreamOptions(
                new UpstreamOptions.Source.Demo(),
                "/api/stacks/{stackId}",
                "/api/stacks/{stackId}/stages/{stageId}/implementation/reconcile",
                null,
                Duration.ofSeconds(10),
                3,
                16,
                new UpstreamAccessOptions(null, null, null, null, null, false));

        assertEquals(
                new AppOptions(
                        server,
                        new TlsOptions.Off(),
                        upstream,
                        StreamSettings.defaults(),
                        new AccessOptions(
                                false, new AccessOptions.Tokens(null, null, null, null, Set.of("RS256", "ES256"))),
                        new LimitOptions(
                                new StreamLimits(20_000, 1000, 10_000, 200, StreamLimits.NONE, StreamLimits.NONE),
                                StreamLimits.NONE,
                                ConnectionLimits.defaults(Duration.ofSeconds(30)),
                                List.of()),
                        new AdminOptions("127.0.0.1", new AdminOptions.Port.DefaultOrFree()),
                        new LogOptions(LogOptions.Format.TEXT, LogOptions.Level.INFO)),
                invocation().args("--demo").options());
    }

    @ParameterizedTest
    @CsvSource({"2s, 5s, 5", "9s, 5s, 9"})
    void aCallMayTakeALittleMoreThanTheLongerOfPollIntervalAndUpstreamTimeout(
            String pollInterval, String upstreamTimeout, int budgetSeconds) {
        AppOptions options = invocation()
                .args("--demo", "--poll-interval", pollInterval, "--upstream-timeout", upstreamTimeout)
                .options();

        assertEquals(
                Duration.ofSeconds(budgetSeconds).plusMillis(250),
                options.streams().callBudget());
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
    void variablesThatNameNoOptionAreReported() {
        OptionsFixture invocation = invocation()
                .args("--demo")
                .env("RUNTIME_PROT", "1")
                .env("RUNTIME_ENGINE", "v8")
                .env("RUNTIME_VERSION", "3.12")
                .env("RUNTIME_HISTORY", "7")
                .env("PATH", "/bin");

        assertEquals(
                List.of("RUNTIME_ENGINE", "RUNTIME_PROT (did you mean RUNTIME_PORT?)"), invocation.ignoredVariables());
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

        assertEquals(new UpstreamOptions.Source.Demo(), options.upstream().source());
    }

    @Test
    void demoCanBeTurnedOffBeforeAnUpstream() {
        AppOptions options = invocation()
                .args("--demo=false", "--upstream", "http://host")
                .env("RUNTIME_DEMO", "true")
                .options();

        assertEquals(
                new UpstreamOptions.Source.Remote(URI.create("http://host")),
                options.upstream().source());
    }

    @Test
    void anUpstreamIsMissedOnlyWhereOneIsAsked() {
        UpstreamOptions.Source source = invocation().options().upstream().source();

        String line = assertThrows(InvalidOptionsException.class, () -> source.base(() -> URI.create("http://demo")))
                .line();
        assertEquals("One of --upstream URL and --demo is required.", line);
    }

    @Test
    void theAdminServerCanBeTurnedOff() {
        AppOptions options = invocation().args("--demo", "--admin-port", "off").options();

        assertEquals(new AdminOptions.Port.Off(), options.admin().port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpListsEveryOptionWhateverTheEnvironmentHolds(String option) {
        String help = invocation().args(option).env("RUNTIME_PORT", "x").information();

        EveryOptionTest.everyOption()
                .map(every -> (String) every.get()[0])
                .forEach(every -> assertTrue(help.contains(every), every));
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
