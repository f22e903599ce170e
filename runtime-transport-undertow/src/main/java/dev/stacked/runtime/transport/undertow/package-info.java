/**
 * What every transport on Undertow shares, so that a transport is only its framing: routes and stack ids, admission
 * and refusals, and {@link dev.stacked.runtime.transport.undertow.ClientStream}, which carries events from a
 * subscription to a socket at the pace of the socket.
 */
@NullMarked
package dev.stacked.runtime.transport.undertow;

import org.jspecify.annotations.NullMarked;
