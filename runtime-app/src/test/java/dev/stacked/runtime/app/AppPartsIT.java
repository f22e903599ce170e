package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Inject;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Objects bound by an integrator are closed with the app. */
class AppPartsIT {
    private static final String[] ARGS = {"--port=0", "--admin-port=off"};

    /** The closed objects, in order. */
    private static final List<String> CLOSED = new CopyOnWriteArrayList<>();

    /** A dependency of the backend. */
    private static final class Database implements AutoCloseable {
        private final String name;

        @Inject
        private Database() {
            this("database");
        }

        private Database(String name) {
            this.name = name;
        }

        @Override
        public void close() throws IOException {
            CLOSED.add(name);
            if (name.equals("failing")) {
                throw new IOException("This database fails on purpose.");
            }
        }
    }

    private static final class Backend implements Reconciler, AutoCloseable {
        @Inject
        private Backend(Database database) {
            assertFalse(CLOSED.contains(database.name));
        }

        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            return CompletableFuture.completedFuture(new StackDocument(List.of()));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new IllegalStateException("There are no stages.");
        }

        @Override
        public void close() {
            CLOSED.add("backend");
        }
    }

    private static List<String> closedAfter(Module... modules) {
        CLOSED.clear();
        try (RunningApp app = RuntimeApp.run(ARGS, modules)) {
            assertTrue(app.port() > 0);
            assertEquals(List.of(), CLOSED);
        }
        return List.copyOf(CLOSED);
    }

    @Test
    void whatIsMadeForTheAppIsClosedInReverseOrder() {
        assertEquals(
                List.of("backend", "database"),
                closedAfter(binder -> binder.bind(Reconciler.class).to(Backend.class)));
    }

    @Test
    void singletonThatTwoKeysReachIsClosedOnce() {
        assertEquals(List.of("backend", "database"), closedAfter(binder -> {
            binder.bind(Backend.class).in(Singleton.class);
            binder.bind(Reconciler.class).to(Backend.class);
            binder.bind(Database.class).in(Singleton.class);
        }));
    }

    @Test
    void instancesAreClosedLastAndOneThatFailsKeepsNoOtherOpen() {
        assertEquals(List.of("backend", "failing"), closedAfter(binder -> {
            binder.bind(Database.class).toInstance(new Database("failing"));
            binder.bind(Reconciler.class).to(Backend.class);
        }));
    }

    private static final class ProvidingModule extends com.google.inject.AbstractModule {
        @Provides
        @Singleton
        Reconciler backend() {
            return new Backend(new Database("own"));
        }
    }

    @Test
    void whatAMethodProvidesIsClosedAndWhatItKeepsToItselfIsItsOwnAffair() {
        assertEquals(List.of("backend"), closedAfter(new ProvidingModule()));
    }

    @Test
    void whatIsBoundButNotUsedIsNeitherMadeNorClosed() {
        assertEquals(List.of("backend", "database"), closedAfter(binder -> {
            binder.bind(Reconciler.class).to(Backend.class);
            binder.bind(ExecutorService.class).toProvider(() -> {
                throw new IllegalStateException("Nothing asks for it.");
            });
        }));
    }

    @Test
    void executorIsShutDownWithoutWaitingForItsTasks() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.execute(() -> {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException shutDown) {
                Thread.currentThread().interrupt();
            }
        });

        closedAfter(binder -> {
            binder.bind(ExecutorService.class).toInstance(executor);
            binder.bind(Reconciler.class).to(Backend.class);
        });

        assertTrue(executor.isShutdown());
    }

    @Test
    void whatWasMadeIsClosedIfTheAppCannotStart() {
        CLOSED.clear();

        NotStartedException reason = assertThrows(
                NotStartedException.class,
                () -> RuntimeApp.run(
                        new String[] {"--port=0", "--host=no-such-host.invalid", "--insecure", "--admin-port=off"},
                        binder -> binder.bind(Reconciler.class).to(Backend.class)));

        assertEquals(1, reason.exitCode());
        assertEquals(List.of("backend", "database"), CLOSED);
    }

    @Test
    void providerOfAnIntegratorMayRefuseAnOption() {
        NotStartedException reason = assertThrows(
                NotStartedException.class,
                () -> RuntimeApp.run(
                        ARGS,
                        binder -> binder.bind(Reconciler.class).toProvider(() -> {
                            throw new InvalidOptionsException("--port must be lucky.");
                        })));

        assertEquals(2, reason.exitCode());
        assertEquals("--port must be lucky.", reason.text());
    }
}
