/**
 * Time moved by hand, a scripted upstream, recording subscribers and raw clients, for tests of anything that is built on
 * core. Extend {@link dev.stacked.runtime.testkit.ReconcilerContract} to test another backend. For tests of one's own
 * there are {@link dev.stacked.runtime.testkit.ManualTime}, {@link dev.stacked.runtime.testkit.ScriptedReconciler} and
 * {@link dev.stacked.runtime.testkit.RecordingSubscriber}, and {@link dev.stacked.runtime.testkit.RawClient} over a
 * socket.
 */
@NullMarked
package dev.stacked.runtime.testkit;

import org.jspecify.annotations.NullMarked;
