/**
 * Property tests on random values. Every failure reports the seed that reproduces it. Separate from the testkit, because
 * the testkit depends on core and core's own tests need this package.
 */
@NullMarked
package dev.stacked.runtime.seeded;

import org.jspecify.annotations.NullMarked;
