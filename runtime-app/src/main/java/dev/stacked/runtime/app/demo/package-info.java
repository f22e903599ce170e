/**
 * A built-in upstream to try the server on: a real HTTP server with a few stacks that move on by themselves.
 *
 * <p>It speaks what the application that is usually polled speaks, faults included, so that a demo takes the same path
 * through the code as the real thing. What its stacks look like at any time is a pure function of a seed and of the
 * time since the start ({@code Storyline}); only what a reconcile has stored is remembered.
 */
@NullMarked
package dev.stacked.runtime.app.demo;

import org.jspecify.annotations.NullMarked;
