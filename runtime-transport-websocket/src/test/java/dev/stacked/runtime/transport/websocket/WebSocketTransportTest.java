package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.transport.undertow.RefusedException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Protocols;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WebSocketTransportTest {
    private final WebSocketTransport transport = new WebSocketTransport(OriginPolicy.ownOnly());

    /** Upgrade headers are malformed in HTTP/2, even in a response. */
    @Test
    void http2IsRefusedWithoutTalkOfAnUpgrade() {
        HttpServerExchange exchange = new HttpServerExchange(null).setProtocol(Protocols.HTTP_2_0);

        RefusedException refused = assertThrows(RefusedException.class, () -> transport.framing(exchange));

        assertEquals(400, refused.response().status());
        assertEquals(Map.of(), refused.response().headers());
    }
}
