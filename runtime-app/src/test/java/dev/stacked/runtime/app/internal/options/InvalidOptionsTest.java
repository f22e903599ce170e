package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidOptionsTest {
    @TempDir
    Path directory;

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
                "--prot 1 | Unknown option '--prot'; did you mean --port? --help lists all options.",
                "--demo --heartbeat-intervall=1s | Unknown option '--heartbeat-intervall=1s'; did you mean"
                        + " --heartbeat-interval? --help lists all options.",
                "-demo | Unknown option '-demo'; did you mean --demo? --help lists all options.",
                "-p 1 | Unknown option '-p'; --help lists all options.",
                "serve | Unknown argument 'serve'; --help lists all options.",
                "--demo @args | Unknown argument '@args'; --help lists all options.",
                "--port | --port must be followed by a value.",
                "--host --port 1 | --host must be followed by a value.",
                "--port 1 --port 2 | --port must be given only once.",
                "--port= | --port '' must be a whole number from 0 to 65535.",
                "--retain= | --retain '' " + WrongValueTest.DURATION,
                "--tls-cert= --tls-key=a.key | --tls-cert '' must be the path of a file.",
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
    void aCertificateAndItsKeyGoTogether() {
        assertEquals(
                "--tls-cert 'a.crt' must be given together with --tls-key.",
                invocation().args("--demo", "--tls-cert", "a.crt").complaint());
        assertEquals(
                "--tls-key 'a.key' (environment variable RUNTIME_TLS_KEY) must be given together with --tls-cert.",
                invocation().args("--demo").env("RUNTIME_TLS_KEY", "a.key").complaint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 9464 --admin-port 9464",
                "--port 9464 --admin-port 9464 --host 0.0.0.0 --insecure",
                "--port 9464 --admin-port 9464 --admin-host ::",
            })
    void theAdminPortIsAnother(String args) {
        assertEquals(
                "--admin-port '9464' must not be the port of the streams, --port '9464'.",
                invocation().args("--demo").args(args.split(" ")).complaint());
    }

    @Test
    void theAdminPortMayBeTheSameOnAnotherInterfaceOrFreeBoth() {
        invocation()
                .args("--demo", "--port", "9464", "--admin-port", "9464", "--admin-host", "127.0.0.2")
                .options();
        invocation().args("--demo", "--port", "0", "--admin-port", "0").options();
        invocation().args("--demo", "--port", "9464").options();
    }

    @Test
    void aPasswordIsNotShown() {
        assertEquals(
                "--upstream 'http://***@host' " + WrongValueTest.URL,
                invocation().args("--upstream", "http://user:secret@host").complaint());
    }

    @Test
    void whateverTheValueHoldsItStaysOneBearableLine() {
        assertEquals(
                "--host 'a\\u000ab\\u0000\\u2028' (environment variable RUNTIME_HOST) " + WrongValueTest.HOST,
                invocation().env("RUNTIME_HOST", "a\nb\0\u2028").complaint());
        assertEquals(
                "--host '" + "?".repeat(200) + "…' " + WrongValueTest.HOST,
                invocation().args("--host", "?".repeat(100_000)).complaint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo=true;bogus=1 | Unknown key 'bogus' in FILE, line 2; --help lists all options.",
                "demo=true;prot=1 | Unknown key 'prot' in FILE, line 2; did you mean port? --help lists all options.",
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
