/**
 * Watches over the process itself: errors and a full heap that it cannot recover from, event loops that are blocked, and
 * times in which it did not run. The rest of the app reports to it, or asks it.
 */
@NullMarked
package dev.stacked.runtime.app.watch;

import org.jspecify.annotations.NullMarked;
