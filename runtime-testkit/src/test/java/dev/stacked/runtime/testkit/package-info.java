/**
 * Tests of the kit itself, and those tests of core that move time by hand: core cannot depend on the kit, which depends
 * on core, not even for its tests.
 */
package dev.stacked.runtime.testkit;
