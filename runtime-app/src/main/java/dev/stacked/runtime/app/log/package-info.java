/**
 * The log as the options want it. Everything else of the project logs through SLF4J and knows of no output.
 */
@NullMarked
package dev.stacked.runtime.app.log;

import org.jspecify.annotations.NullMarked;
