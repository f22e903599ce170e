package dev.stacked.runtime.web;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test its own {@link Visit}, all in one browser. Without a browser the tests are skipped; on a CI server
 * they fail.
 */
final class VisitExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(VisitExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        boolean isCi = "true".equals(System.getenv("CI"));
        return isCi || Chromium.executable().isPresent()
                ? ConditionEvaluationResult.enabled(null)
                : ConditionEvaluationResult.disabled(Chromium.ABSENT);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Visit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Chromium chromium = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
        String name = test.getRequiredTestClass().getSimpleName() + "."
                + test.getRequiredTestMethod().getName();
        Visit visit = new Visit(chromium.browser(), name);
        test.getStore(NAMESPACE).put(Visit.class, visit);
        return visit;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Visit visit = test.getStore(NAMESPACE).remove(Visit.class, Visit.class);
        if (visit != null) {
            visit.end(test.getExecutionException().isPresent());
        }
    }
}
