package dev.stacked.runtime.app.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidOptionsTest {
    private static final String DURATION =
            "must be a whole number and a unit (ms, s, m or h), from 10ms to 24h, such as 200ms or 2s.";
    private static final String URL =
            "must be an http or https URL without user, query or fragment, such as http://localhost:5173.";
    private static final String STACK_PATH =
            "must be a URL path that begins with '/' and holds {stackId} once, as a whole segment.";
    private static final String RECONCILE_PATH =
            "must be a URL path that begins with '/' and holds {stackId} and {stageId} once, as a whole segment.";
    private static final String HOST = "must be a host name or an IP address, such as localhost, 0.0.0.0 or ::1.";
    private static final String EVENT = "must be a letter and up to 63 letters, digits, '_' or '-',"
            + " and not snapshot, stage-runtime, review-ready or heartbeat.";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{1}={2} from {0}")
    @MethodSource("wrongValuesFromEverySource")
    void aWrongValueIsNamedWithItsOptionItsPlaceAndTheRule(Source source, String option, String value, String rule) {
        OptionsFixture invocation = source.set(invocation(), option, value);

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
                wrong("--heartbeat-interval", DURATION, "99999999999999999999h"),
                wrong("--first-snapshot-timeout", DURATION, "soon"),
                wrong("--retain", DURATION, "0ms"),
                wrong("--write-timeout", DURATION, "s"),
                wrong("--upstream-timeout", DURATION, "86401s"),
                wrong("--history", from1To(65_536), "0", "65537"),
                wrong("--retry-attempts", from1To(10), "0", "11"),
                wrong("--reconcile-concurrency", from1To(Integer.MAX_VALUE), "0", "2147483648"),
                wrong("--max-connections", from1To(Integer.MAX_VALUE), "0", "many"),
                wrong("--error-event", EVENT, "1st", "a b", "snapshot", "heartbeat", "x".repeat(65)));
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

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1"})
    void demoIsTrueOrFalse(String value) {
        OptionsFixture invocation = invocation().env("RUNTIME_DEMO", value);

        assertEquals(
                "--demo '" + value + "' (environment variable RUNTIME_DEMO) must be true or false.",
                invocation.complaint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus | Unknown option '--bogus'; --help lists all options.",
                "--demo --bogus=1 | Unknown option '--bogus=1'; --help lists all options.",
                "-p 1 | Unknown option '-p'; --help lists all options.",
                "serve | Unknown argument 'serve'; --help lists all options.",
                "--demo @args | Unknown argument '@args'; --help lists all options.",
                "--port | --port must be followed by a value.",
                "--host --port 1 | --host must be followed by a value.",
                "--port 1 --port 2 | --port must be given only once.",
                "--port= | --port '' must be a whole number from 0 to 65535.",
                "--retain= | --retain '' " + DURATION,
            })
    void aWrongCommandLineIsSaidInOneLine(String args, String complaint) {
        assertEquals(complaint, invocation().args(args.split(" ")).complaint());
    }

    @Test
    void twoUpstreamsExcludeEachOther() {
        assertEquals(
                "--upstream 'http://host' and --demo 'true' exclude each other; give one of them.",
                invocation().args("--demo", "--upstream", "http://host").complaint());
        assertEquals(
                "--upstream 'http://host' (environment variable RUNTIME_UPSTREAM) and --demo 'true'"
                        + " exclude each other; give one of them.",
                invocation()
                        .args("--demo")
                        .env("RUNTIME_UPSTREAM", "http://host")
                        .complaint());
    }

    @Test
    void aPasswordIsNotShown() {
        assertEquals(
                "--upstream 'http://***@host' " + URL,
                invocation().args("--upstream", "http://user:secret@host").complaint());
    }

    @Test
    void whateverTheValueHoldsItStaysOneBearableLine() {
        assertEquals(
                "--host 'a\\u000ab\\u0000\\u2028' (environment variable RUNTIME_HOST) " + HOST,
                invocation().env("RUNTIME_HOST", "a\nb\0\u2028").complaint());
        assertEquals(
                "--host '" + "?".repeat(200) + "…' " + HOST,
                invocation().args("--host", "?".repeat(100_000)).complaint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo=true;prot=1 | Unknown key 'prot' in FILE, line 2; --help lists all options.",
                "--port=1 | Unknown key '--port' in FILE, line 1; --help lists all options.",
                "config=other | Unknown key 'config' in FILE, line 1; --help lists all options.",
                "help=true | Unknown key 'help' in FILE, line 1; --help lists all options.",
                "=1 | Unknown key '' in FILE, line 1; --help lists all options.",
                "demo | 'demo' in FILE, line 1 must be of the form key=value.",
                "port=1;;port=2 | --port '2' (key 'port' in FILE, line 3) must be set once, but is set above already.",
                "port= | --port '' (key 'port' in FILE, line 1) must be a whole number from 0 to 65535.",
            })
    void aWrongFileIsNamedWithLineAndKey(String text, String complaint) {
        OptionsFixture invocation = invocation().file(text.replace(';', '\n'));

        assertEquals(complaint.replace("FILE", invocation.file().toString()), invocation.complaint());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertEquals(
                "--config '/no/such' must name a file, but there is no such file.",
                invocation().args("--config", "/no/such").complaint());
        assertEquals(
                "--config '/no/such' (environment variable RUNTIME_CONFIG) must name a file, but there is no such"
                        + " file.",
                invocation().env("RUNTIME_CONFIG", "/no/such").complaint());
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        assertEquals(
                "--config '" + directory + "' must name a file that can be read, but cannot be read.",
                invocation().args("--config", directory.toString()).complaint());
        OptionsFixture latin1 = invocation().file("");
        Files.write(latin1.file(), "host=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("--config '" + latin1.file() + "' must name a UTF-8 file, but is not UTF-8.", latin1.complaint());
    }

    private OptionsFixture invocation() {
        return new OptionsFixture(directory);
    }
}
