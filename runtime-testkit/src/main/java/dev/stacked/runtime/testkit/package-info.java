/**
 * What a transport or a reconciler is tested with: contracts that each of them must keep, fakes, and time moved by
 * hand.
 *
 * <p>Extend {@link dev.stacked.runtime.testkit.ReconcilerContract} for another backend and {@link
 * dev.stacked.runtime.testkit.TransportContract} for another protocol. For tests of one's own there are {@link
 * dev.stacked.runtime.testkit.ManualTime}, {@link dev.stacked.runtime.testkit.ScriptedReconciler} and {@link
 * dev.stacked.runtime.testkit.RecordingSubscriber}, and {@link dev.stacked.runtime.testkit.RawClient} over a socket.
 *
 * <p>The tests of core that need these live in this module: core cannot depend on what depends on core, not even for
 * its tests.
 */
@NullMarked
package dev.stacked.runtime.testkit;

import org.jspecify.annotations.NullMarked;
