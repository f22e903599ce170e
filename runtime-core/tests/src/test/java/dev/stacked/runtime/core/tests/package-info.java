/**
 * Tests core as its users see it: polling, streams, retention and shutdown, with time moved by hand, and simulations of
 * random schedules. In a module of their own, since they need the testkit, which depends on core. Single classes are
 * tested in core itself.
 */
package dev.stacked.runtime.core.tests;
