/** Tests of the testkit itself. */
package dev.stacked.runtime.testkit;
