/**
 * The app's options, read from the command line, the environment and a file.
 *
 * <p>{@link dev.stacked.runtime.app.internal.options.OptionsParser} turns an invocation into {@link
 * dev.stacked.runtime.app.internal.options.AppOptions} or into one line that says what is wrong with it. Each group of options is
 * a record that declares them as constants and reads itself. Nothing here starts anything, prints anything or ends the
 * process, so that every rule can be tested without a server.
 */
@NullMarked
package dev.stacked.runtime.app.internal.options;

import org.jspecify.annotations.NullMarked;
