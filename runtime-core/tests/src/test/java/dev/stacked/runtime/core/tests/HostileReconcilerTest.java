package dev.stacked.runtime.core.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import dev.stacked.runtime.testkit.RecordingSubscriber;
import dev.stacked.runtime.testkit.ScriptedReconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the reconciler does, polling goes on, other stacks are unaffected, and no failure is silent. */
final class HostileReconcilerTest {
    /** Misbehaviour that no reconciler should show, but some day one does. */
    enum Misdeed {
        THROWS {
            @Override
            <T> CompletionStage<T> commit() {
                throw new IllegalStateException("thrown by a test");
            }
        },
        THROWS_AN_ERROR {
            @Override
            <T> CompletionStage<T> commit() {
                throw new StackOverflowError("thrown by a test");
            }
        },
        RETURNS_NULL {
            @Override
            <T> CompletionStage<T> commit() {
                return null;
            }
        },
        ANSWERS_NULL {
            @Override
            <T> CompletionStage<T> commit() {
                return CompletableFuture.completedFuture(null);
            }
        },
        FAILS_WITH_ANYTHING {
            @Override
            <T> CompletionStage<T> commit() {
                return CompletableFuture.failedFuture(new ClassCastException("thrown by a test"));
            }
        },
        FAILS_WITH_AN_ERROR {
            @Override
            <T> CompletionStage<T> commit() {
                return CompletableFuture.failedFuture(new NoClassDefFoundError("thrown by a test"));
            }
        },
        CANCELS_ITSELF {
            @Override
            <T> CompletionStage<T> commit() {
                CompletableFuture<T> cancelled = new CompletableFuture<>();
                cancelled.cancel(true);
                return cancelled;
            }
        },
        NEVER_ANSWERS {
            @Override
            <T> CompletionStage<T> commit() {
                return new CompletableFuture<>();
            }
        },
        NEVER_ANSWERS_AND_CANNOT_BE_CANCELLED {
            @Override
            <T> CompletionStage<T> commit() {
                return new CompletableFuture<T>().minimalCompletionStage();
            }
        };

        abstract <T> CompletionStage<T> commit();
    }

    private final ScriptedReconciler honest = new ScriptedReconciler();
    private boolean misbehaving = true;

    @ParameterizedTest
    @EnumSource
    void pollingOutlivesADocumentThatGoesWrong(Misdeed misdeed) {
        Rig rig = new Rig(Rig.SETTINGS, honest, new Reconciler() {
            @Override
            public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
                return misbehaving ? misdeed.commit() : honest.readStack(stack, call);
            }

            @Override
            public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
                return honest.reconcileStage(stack, stage, call);
            }
        });
        rig.stage();

        RecordingSubscriber subscriber = join(rig);
        advance(rig, Rig.SETTINGS.callBudget().multipliedBy(3));
        assertEquals(List.of("error"), subscriber.takeNames());
        misbehaving = false;
        advance(rig, Rig.MAX_BACK_OFF);

        assertEquals(List.of("snapshot"), subscriber.takeNames());
        rig.leave(subscriber);
        advance(rig, Rig.SETTINGS.retain());
        assertEquals(0, rig.time.waitingTasks());
    }

    @ParameterizedTest
    @EnumSource
    void pollingOutlivesAStageThatGoesWrongAndOtherStagesGoOn(Misdeed misdeed) {
        Rig rig = new Rig(Rig.SETTINGS, honest, new Reconciler() {
            @Override
            public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
                return honest.readStack(stack, call);
            }

            @Override
            public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
                return misbehaving && stage.value().equals("s1")
                        ? misdeed.commit()
                        : honest.reconcileStage(stack, stage, call);
            }
        });
        rig.stage();
        rig.stack().stage("s2");

        RecordingSubscriber subscriber = join(rig);
        advance(rig, Rig.SETTINGS.callBudget().multipliedBy(3));
        assertEquals(List.of("s2"), List.copyOf(Rig.view(subscriber).runtimes().keySet()));
        misbehaving = false;
        advance(rig, Rig.SETTINGS.callBudget().multipliedBy(2));

        assertEquals(2, Rig.view(subscriber).runtimes().size());
        rig.leave(subscriber);
        advance(rig, Rig.SETTINGS.retain());
        assertEquals(0, rig.time.waitingTasks());
    }

    @ParameterizedTest
    @EnumSource
    void leavingWhileACallHangsStopsAllPolling(Misdeed misdeed) {
        int[] calls = {0};
        Rig rig = new Rig(Rig.SETTINGS, honest, new Reconciler() {
            @Override
            public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
                calls[0]++;
                return misdeed.commit();
            }

            @Override
            public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
                throw new AssertionError("There is no stage to reconcile.");
            }
        });
        RecordingSubscriber subscriber = join(rig);

        rig.leave(subscriber);
        int before = calls[0];
        advance(rig, Rig.SETTINGS.retain().multipliedBy(2));

        assertEquals(before, calls[0]);
        assertEquals(0, rig.time.waitingTasks());
    }

    private static RecordingSubscriber join(Rig rig) {
        RecordingSubscriber subscriber = RecordingSubscriber.eager();
        rig.registry.stream(rig.stack().id()).subscribe(subscriber);
        advance(rig, Duration.ZERO);
        return subscriber;
    }

    /** An {@link Error} is never swallowed: the loop throws it and goes on. */
    private static void advance(Rig rig, Duration duration) {
        Instant target = rig.time.now().plus(duration);
        try {
            rig.time.advance(duration);
        } catch (StackOverflowError e) {
            assertTrue(e.getMessage().contains("by a test"));
            advance(rig, Duration.between(rig.time.now(), target));
        }
    }
}
