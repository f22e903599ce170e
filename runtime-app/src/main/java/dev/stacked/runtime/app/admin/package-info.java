/**
 * What those who operate the server look at: its health, its pollers, its metrics. All of it is served on a port of
 * its own, so that nothing of it can be reached where streams are.
 */
@NullMarked
package dev.stacked.runtime.app.admin;

import org.jspecify.annotations.NullMarked;
