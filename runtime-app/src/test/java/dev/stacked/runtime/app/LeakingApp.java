package dev.stacked.runtime.app;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The app with a backend that fills the heap when it reads a stack, in the way that the stack's id names. */
final class LeakingApp {
    private static final List<byte[]> LEAK = new ArrayList<>();

    private LeakingApp() {}

    public static void main(String[] args) {
        RuntimeApp.run(args, binder -> binder.bind(Reconciler.class).toInstance(new Leaking()));
    }

    private static final class Leaking implements Reconciler {
        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            switch (stack.value()) {
                case "on-the-loop" -> leak();
                case "on-a-thread-that-keeps-quiet" -> new Thread(LeakingApp::leakQuietly).start();
                case "in-a-future" -> {
                    return CompletableFuture.supplyAsync(LeakingApp::leak);
                }
                default -> {}
            }
            return CompletableFuture.completedFuture(new StackDocument(List.of()));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new IllegalStateException("There are no stages.");
        }
    }

    private static StackDocument leak() {
        while (true) {
            LEAK.add(new byte[100_000]);
        }
    }

    /** Catches the error and keeps the memory, so that all other threads run out of it. */
    private static void leakQuietly() {
        while (true) {
            try {
                synchronized (LEAK) {
                    LEAK.add(new byte[64]);
                }
            } catch (OutOfMemoryError again) {
                Thread.onSpinWait();
            }
        }
    }
}
