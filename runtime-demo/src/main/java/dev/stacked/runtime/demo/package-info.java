/**
 * An upstream to try the server on: a real HTTP server with a few stacks that advance by themselves.
 *
 * <p>It imitates the responses of the application that is usually polled, including its failures, so that a demo takes
 * the same path through the code as the real upstream. Therefore it depends on no other module, and defines the JSON by
 * itself. The state of its stacks is a pure function of a seed and of the time since the start ({@code Storyline});
 * only the results of reconciles are stored.
 */
@NullMarked
package dev.stacked.runtime.demo;

import org.jspecify.annotations.NullMarked;
