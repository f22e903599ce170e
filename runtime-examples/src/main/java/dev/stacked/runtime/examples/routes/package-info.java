/** Routes of one's own beside those of the server, and in place of them. */
@NullMarked
package dev.stacked.runtime.examples.routes;

import org.jspecify.annotations.NullMarked;
