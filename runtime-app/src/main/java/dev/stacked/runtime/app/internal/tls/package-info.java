/** The server's certificate: read from PEM files, and replaced at run time. */
@NullMarked
package dev.stacked.runtime.app.internal.tls;

import org.jspecify.annotations.NullMarked;
