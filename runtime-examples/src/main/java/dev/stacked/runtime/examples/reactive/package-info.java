/** Streams consumed by a reactive library, without an adapter of ours. */
@NullMarked
package dev.stacked.runtime.examples.reactive;

import org.jspecify.annotations.NullMarked;
