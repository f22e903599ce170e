package dev.stacked.runtime.seeded;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/** Runs a {@link SeededTest} once per seed, until one fails. */
final class SeededTries implements TestTemplateInvocationContextProvider {
    /** A JUnit configuration parameter, hence also a system property. */
    static final String SEED = "test.seed";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(SeededTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        int tries =
                context.getRequiredTestMethod().getAnnotation(SeededTest.class).tries();
        AtomicBoolean failed = new AtomicBoolean();
        // JUnit runs each try before it takes the next one from the stream.
        return context.getConfigurationParameter(SEED, Long::valueOf)
                .map(LongStream::of)
                .orElseGet(() -> new Random().longs(tries))
                .takeWhile(seed -> !failed.get())
                .mapToObj(seed -> new Try(seed, failed));
    }

    private record Try(long seed, AtomicBoolean failed)
            implements TestTemplateInvocationContext, ParameterResolver, TestExecutionExceptionHandler {
        @Override
        public String getDisplayName(int number) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Random.class;
        }

        @Override
        public Random resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new Random(seed);
        }

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            if (failure instanceof TestAbortedException) {
                throw failure;
            }
            failed.set(true);
            throw new AssertionError("Replay with -D" + SEED + "=" + seed + ": " + failure, failure);
        }
    }
}
