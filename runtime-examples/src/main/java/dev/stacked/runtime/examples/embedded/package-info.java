/** Streams embedded in your own server, without Guice and without our app. */
@NullMarked
package dev.stacked.runtime.examples.embedded;

import org.jspecify.annotations.NullMarked;
