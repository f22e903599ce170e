/** The server with another backend than HTTP, swapped in by one binding. */
@NullMarked
package dev.stacked.runtime.examples.reconciler;

import org.jspecify.annotations.NullMarked;
