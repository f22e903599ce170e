/** The server with a backend other than HTTP, replaced by one binding. */
@NullMarked
package dev.stacked.runtime.examples.reconciler;

import org.jspecify.annotations.NullMarked;
