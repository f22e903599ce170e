package dev.stacked.runtime.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a parameter of type {@link java.util.Random}, run with a new seed for each try. A failure reports its
 * seed, and {@code -Dtest.seed=…} runs only that seed. The same as in the testkit, on which core cannot depend.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededTries.class)
@interface SeededTest {
    /** Returns the number of seeds to try, at least 1. */
    int tries() default 1000;
}
