/**
 * The app: wires the other modules, and starts and stops them. It has no logic of streams, polls or HTTP.
 *
 * <p>{@link dev.stacked.runtime.app.RuntimeApp} is the entry point to embed it or to replace a part; the parts are
 * Guice modules, one for each module of the project.
 */
@NullMarked
package dev.stacked.runtime.app;

import org.jspecify.annotations.NullMarked;
