/**
 * An upstream to try the server on: a real HTTP server with a few stacks that advance by themselves.
 *
 * <p>It speaks what the application that is usually polled speaks, faults included, so that a demo takes the same path
 * through the code as the real upstream. It therefore knows no other module, and has its own words for what it sends.
 * The state of its stacks at any time is a pure function of a seed and of the time since the start ({@code Storyline});
 * only what a reconcile has stored is remembered.
 */
@NullMarked
package dev.stacked.runtime.demo;

import org.jspecify.annotations.NullMarked;
