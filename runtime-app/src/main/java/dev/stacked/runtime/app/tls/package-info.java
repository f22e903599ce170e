/** The server's certificate: read from PEM files, and replaced while the server goes on. */
@NullMarked
package dev.stacked.runtime.app.tls;

import org.jspecify.annotations.NullMarked;
