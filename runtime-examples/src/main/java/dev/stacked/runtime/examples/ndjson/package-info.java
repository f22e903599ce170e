/** A third transport, newline-delimited JSON over plain HTTP, without a change to any other module. */
@NullMarked
package dev.stacked.runtime.examples.ndjson;

import org.jspecify.annotations.NullMarked;
