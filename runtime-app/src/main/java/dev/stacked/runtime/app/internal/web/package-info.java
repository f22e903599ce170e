/**
 * The files for browsers: the page at {@code /} and the client library under {@code /client/}. They are read and
 * compressed once, at the start, and served from memory.
 */
@NullMarked
package dev.stacked.runtime.app.internal.web;

import org.jspecify.annotations.NullMarked;
