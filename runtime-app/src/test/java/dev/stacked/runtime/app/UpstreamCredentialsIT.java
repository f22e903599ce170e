package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Credentials for the upstream that change while clients stream, and what can be seen of them. */
class UpstreamCredentialsIT {
    private static final List<String> SECRETS = List.of("wrong-credential", "first-credential", "second-credential");

    @TempDir
    private Path directory;

    /** All that takes part in a call. */
    private static final List<String> LOGGERS = List.of("dev.stacked", "io.netty", "io.github.resilience4j");

    /** All that is logged, at any level, and all that clients and operators get. */
    private final List<String> visible = new CopyOnWriteArrayList<>();

    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            visible.add(event.getFormattedMessage() + event.getMDCPropertyMap());
            if (event.getThrowableProxy() != null) {
                visible.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    };

    @BeforeEach
    void record() {
        recorder.start();
        loggers().forEach(logger -> logger.addAppender(recorder));
    }

    @AfterEach
    void stopRecording() {
        loggers().forEach(logger -> {
            logger.detachAppender(recorder);
            logger.setLevel(null);
        });
    }

    private static List<Logger> loggers() {
        return LOGGERS.stream()
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .toList();
    }

    @Test
    void credentialsChangeWithoutARestartAndNoneIsShown() throws Exception {
        Path file = directory.resolve("headers");
        Files.writeString(file, "Authorization: Bearer wrong-credential\n");
        try (ScriptedUpstream upstream = new ScriptedUpstream().stage("s1", "review")) {
            upstream.requires("Bearer first-credential");
            try (RunningApp app = RuntimeApp.run(new String[] {
                        "--upstream=" + upstream.url(),
                        "--upstream-header-file=" + file,
                        "--expose-upstream-messages",
                        "--poll-interval=50ms",
                        "--port=0",
                        "--admin-port=0"
                    });
                    SseClient client = SseClient.open(app.url() + "/api/stacks/any/runtime/stream")) {
                loggers().forEach(logger -> logger.setLevel(Level.TRACE));
                SseClient.Event error = client.next("error");
                assertEquals(
                        "The upstream answered 401 unauthenticated: *** is wrong",
                        error.data().get("message").stringValue());
                AdminClient admin = new AdminClient(app);
                see(admin);
                assertTrue(visible.stream().anyMatch(text -> text.contains("HTTP 401 Unauthorized")));

                replace(file, "Authorization: Bearer first-credential\n");
                see(client.next("snapshot"));
                upstream.requires("Bearer second-credential");
                see(client.next("error"));
                replace(file, "Authorization: Bearer second-credential\n");
                upstream.note("changed");
                see(client.next(event -> event.is("stage-runtime")
                        && event.data().at("/runtime/note").stringValue("").equals("changed")));
                see(error);
                see(admin);
                assertFalse(client.isOver());
            }
        }
        for (String secret : SECRETS) {
            assertEquals(
                    List.of(),
                    visible.stream().filter(text -> text.contains(secret)).toList());
        }
        assertTrue(visible.contains("Headers for the upstream replaced: [authorization]{}"));
    }

    @Test
    void invalidFileIsNamedAndNotShown() throws Exception {
        Path file = Files.writeString(directory.resolve("headers"), "A: b\nwrong-credential\n");

        String problem = assertThrows(
                        NotStartedException.class,
                        () -> RuntimeApp.run(new String[] {
                            "--upstream=http://127.0.0.1:1", "--upstream-header-file=" + file, "--port=0"
                        }))
                .text();

        assertTrue(
                problem.contains(
                        "--upstream-header-file '" + file + "' is invalid: line 2 must be of the form 'Name: value'."),
                problem);
    }

    private void see(SseClient.Event event) {
        visible.add(event.toString());
    }

    private void see(AdminClient admin) throws Exception {
        for (String page : List.of("/pollers", "/metrics", "/health/ready")) {
            visible.add(admin.get(page, "*/*").body());
        }
        visible.add(admin.get("/pollers", "text/html").body());
    }

    private void replace(Path file, String content) throws Exception {
        Path next = Files.writeString(directory.resolve("next"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
