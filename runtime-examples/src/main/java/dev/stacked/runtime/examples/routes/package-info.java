/** Custom routes that add to the server's or replace them. */
@NullMarked
package dev.stacked.runtime.examples.routes;

import org.jspecify.annotations.NullMarked;
