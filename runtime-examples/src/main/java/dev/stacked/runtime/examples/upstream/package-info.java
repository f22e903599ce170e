/** A backend over HTTP, to start from. */
@NullMarked
package dev.stacked.runtime.examples.upstream;

import org.jspecify.annotations.NullMarked;
