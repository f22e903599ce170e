/** Streams inside a server of one's own, without Guice and without our app. */
@NullMarked
package dev.stacked.runtime.examples.embedded;

import org.jspecify.annotations.NullMarked;
