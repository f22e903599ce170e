/** Streams consumed by a reactive library, without an adapter. */
@NullMarked
package dev.stacked.runtime.examples.reactive;

import org.jspecify.annotations.NullMarked;
