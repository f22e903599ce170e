/**
 * Manual time, a scripted upstream, recording subscribers and raw clients, for tests of code that builds on core.
 * Extend {@link dev.stacked.runtime.testkit.ReconcilerContract} to test another backend. For your own tests, start with
 * {@link dev.stacked.runtime.testkit.ManualTime}, {@link dev.stacked.runtime.testkit.ScriptedReconciler} and
 * {@link dev.stacked.runtime.testkit.RecordingSubscriber}; over a socket, with
 * {@link dev.stacked.runtime.testkit.RawClient}.
 */
@NullMarked
package dev.stacked.runtime.testkit;

import org.jspecify.annotations.NullMarked;
