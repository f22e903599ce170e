package dev.stacked.runtime.core;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link SeededTest} once per seed. */
final class SeededTries implements TestTemplateInvocationContextProvider {
    private static final String SEED = "test.seed";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(SeededTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        int tries =
                context.getRequiredTestMethod().getAnnotation(SeededTest.class).tries();
        LongStream seeds = System.getProperty(SEED) == null
                ? new Random().longs(tries)
                : LongStream.of(Long.parseLong(System.getProperty(SEED)));
        return seeds.mapToObj(Try::new);
    }

    private record Try(long seed)
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
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
            throw new AssertionError("Run it again with -D" + SEED + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
