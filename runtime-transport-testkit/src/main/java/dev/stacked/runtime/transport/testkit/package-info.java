/**
 * Contract tests for transports, over real sockets. Extend {@link
 * dev.stacked.runtime.transport.testkit.TransportContract}, and for authorizers and limits {@link
 * dev.stacked.runtime.transport.testkit.TransportAccessContract}, with a harness for the transport. The harness of a
 * transport on Undertow starts a {@link dev.stacked.runtime.transport.testkit.OneTransportServer}.
 *
 * <p>Separate from the testkit, which depends on core only: the server needs the transports' shared part.
 */
@NullMarked
package dev.stacked.runtime.transport.testkit;

import org.jspecify.annotations.NullMarked;
