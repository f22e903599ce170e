package dev.stacked.runtime.seeded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a parameter of type {@link java.util.Random}, run once per try. Each try has a new seed. The first try
 * that fails is the last one, and its failure message starts with its seed. {@code -Dtest.seed=…} replays that try: it
 * runs every seeded test once, with the given seed.
 *
 * <p>The same seed gives the same values as long as the test draws all of them from its parameter, in the same order.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeededTries.class)
public @interface SeededTest {
    /** Returns the maximum number of tries, at least 1. */
    int tries() default 1000;
}
