/**
 * Tests a transport over real sockets. Extend {@link dev.stacked.runtime.transport.testkit.TransportContract}, and with
 * an authorizer {@link dev.stacked.runtime.transport.testkit.TransportAccessContract}, with a harness for the transport.
 * For a transport on Undertow, {@link dev.stacked.runtime.transport.testkit.OneTransportServer} is the server that the
 * harness starts.
 *
 * <p>Apart from the testkit, which depends on core only, since the server needs the transports' shared part.
 */
@NullMarked
package dev.stacked.runtime.transport.testkit;

import org.jspecify.annotations.NullMarked;
