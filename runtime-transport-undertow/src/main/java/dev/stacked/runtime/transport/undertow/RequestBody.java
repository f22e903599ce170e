package dev.stacked.runtime.transport.undertow;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/**
 * What becomes of a body, which no request here needs. Undertow takes any {@code Transfer-Encoding} for chunks, and
 * chunk sizes that are none for 0. A proxy that reads such a request otherwise would take part of it for the next one,
 * or the next one for part of it. So with a body the connection ends.
 */
final class RequestBody {
    private RequestBody() {}

    /**
     * Makes a request with a body the last of its connection.
     *
     * @param limit how long the body may take to come; then the connection is cut off, of HTTP/2 the stream
     * @throws RefusedException if it is encoded in a way that not everybody reads alike
     */
    static void endConnection(HttpServerExchange exchange, Duration limit) {
        if (exchange.isRequestComplete()) {
            return;
        }
        exchange.setPersistent(false);
        XnioExecutor.Key timer = exchange.getIoThread()
                .executeAfter(
                        () -> IoUtils.safeClose(exchange.getConnection()), limit.toMillis(), TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((completed, next) -> {
            timer.remove();
            next.proceed();
        });
        HeaderValues encoding = exchange.getRequestHeaders().get(Headers.TRANSFER_ENCODING);
        if (encoding != null && (exchange.isHttp10() || !encoding.getFirst().equalsIgnoreCase("chunked"))) {
            throw new RefusedException(ErrorResponse.invalidInput("Transfer-Encoding must be chunked."));
        }
    }
}
