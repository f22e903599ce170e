package dev.stacked.runtime.transport.undertow;

import io.undertow.protocols.http2.Http2HeadersStreamSinkChannel;
import io.undertow.protocols.http2.Http2StreamSourceChannel;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import org.xnio.IoUtils;

/** One open stream of an HTTP/2 connection, from the request's head to the exchange's end. */
final class Http2Stream {
    private final Http2StreamSourceChannel request;
    private final Http2HeadersStreamSinkChannel response;
    private final HttpServerExchange exchange;

    Http2Stream(Http2StreamSourceChannel request, HttpServerExchange exchange) {
        this.request = request;
        this.response = request.getResponseChannel();
        this.exchange = exchange;
    }

    int id() {
        return request.getStreamId();
    }

    /** Whether a frame of the response waits for its window or the socket. */
    boolean isWaiting() {
        return response.isReadyForFlush();
    }

    /** The client has reset the stream: ends it, and frees the buffers of a frame that waits. */
    void reset() {
        IoUtils.safeClose(response);
        Http2Streams.reset(exchange);
        if (exchange.isResponseStarted()) {
            Connectors.terminateResponse(exchange);
        }
    }

    /**
     * Cuts the reference from Undertow's channels to the exchange. Undertow keeps the channels of a reset stream for a
     * minute, and longer if no other stream begins.
     */
    void forget() {
        request.setCompletionListener(null);
        request.setTrailersHandler(null);
        request.getReadSetter().set(null);
        request.getCloseSetter().set(null);
        response.setCompletionListener(null);
        response.setTrailersProducer(null);
        response.getWriteSetter().set(null);
        response.getCloseSetter().set(null);
    }
}
