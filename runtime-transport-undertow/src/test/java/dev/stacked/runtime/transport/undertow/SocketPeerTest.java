package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http.PipeliningBufferingStreamSinkConduit;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SocketPeerTest {
    private final FakeSocket socket = new FakeSocket();
    private final HttpServerConnection connection = mock(HttpServerConnection.class);
    private final Peer peer = new SocketPeer(new HttpServerExchange(connection), connection);

    @Test
    void nothingIsHeldBackForAnotherAnswer() throws IOException {
        PipeliningBufferingStreamSinkConduit heldBack = mock(PipeliningBufferingStreamSinkConduit.class);
        when(connection.getPipelineBuffer()).thenReturn(heldBack);

        assertFalse(peer.flush(socket.sink));

        when(heldBack.flushPipelinedData()).thenReturn(true);
        assertTrue(peer.flush(socket.sink));
    }

    @Test
    void whatIsNotHeldBackIsFlushedByItsChannel() throws IOException {
        assertTrue(peer.flush(socket.sink));

        socket.flushes = false;
        assertFalse(peer.flush(socket.sink));
    }
}
