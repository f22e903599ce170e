/**
 * Tests of core's public behaviour: polling, streams, retention and shutdown on manual time, and simulations of random
 * schedules. A separate module, since they need the testkit, which depends on core. Tests of single classes are in core
 * itself.
 */
package dev.stacked.runtime.core.tests;
