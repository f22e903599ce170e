/**
 * The app: it wires what the other modules bring, and starts and stops it. No logic of streams, polls or HTTP is here.
 *
 * <p>{@link dev.stacked.runtime.app.RuntimeApp} is the entry for those who embed it or swap a part; the parts are Guice
 * modules, one for each module of the project.
 */
@NullMarked
package dev.stacked.runtime.app;

import org.jspecify.annotations.NullMarked;
