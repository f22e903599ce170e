/**
 * The parts that all transports on Undertow share, so that a transport is only its framing: limits of connections,
 * routes and stack ids, answers to refused requests, and {@link dev.stacked.runtime.transport.undertow.ClientStream},
 * which sends events from a reader to a socket at the pace of the socket.
 */
@NullMarked
package dev.stacked.runtime.transport.undertow;

import org.jspecify.annotations.NullMarked;
