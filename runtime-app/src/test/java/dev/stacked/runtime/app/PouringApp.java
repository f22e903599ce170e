package dev.stacked.runtime.app;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StageId;
import dev.stacked.runtime.core.StageRuntime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app with a backend that logs more at each poll than the log's queue can hold. */
final class PouringApp {
    private static final Logger LOG = LoggerFactory.getLogger(PouringApp.class);
    private static final int LINES = 20_000;

    private PouringApp() {}

    public static void main(String[] args) {
        RuntimeApp.run(args, binder -> binder.bind(Reconciler.class).toInstance(new Pouring()));
    }

    private static final class Pouring implements Reconciler {
        @Override
        public CompletionStage<StackDocument> readStack(StackId stack, CallContext call) {
            for (int line = 0; line < LINES; line++) {
                LOG.debug("Line {} about stack {}", line, stack);
            }
            return CompletableFuture.completedFuture(new StackDocument(List.of()));
        }

        @Override
        public CompletionStage<StageRuntime> reconcileStage(StackId stack, StageId stage, CallContext call) {
            throw new IllegalStateException("There are no stages.");
        }
    }
}
