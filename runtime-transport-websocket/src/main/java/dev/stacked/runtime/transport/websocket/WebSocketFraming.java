package dev.stacked.runtime.transport.websocket;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.StreamEnd;
import dev.stacked.runtime.transport.undertow.Framing;
import dev.stacked.runtime.transport.undertow.StreamOutlet;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/** Framing of one WebSocket; Undertow does only the upgrade. Confined to the stream's I/O thread. */
final class WebSocketFraming implements Framing, ClientFrames.Listener {
    /** A client with this many unanswered pings is disconnected when the next ping is due. */
    private static final int MAX_UNANSWERED_PINGS = 2;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ClientFrames frames = new ClientFrames(this);
    private @Nullable StreamOutlet outlet;
    private int unansweredPings;

    @Override
    public void open(HttpServerExchange exchange, StreamOutlet streamOutlet, Consumer<StreamSinkChannel> opened) {
        outlet = streamOutlet;
        exchange.upgradeChannel((connection, upgraded) -> opened.accept(connection.getSinkChannel()));
        Handshake.answer(exchange);
    }

    /** Writes nothing: the response to the upgrade shows that the stream is open. */
    @Override
    public ByteBuffer greeting() {
        return NOTHING;
    }

    @Override
    public ByteBuffer frame(EncodedEvent event) {
        if (ServerFrame.isHeartbeat(event) && ++unansweredPings > MAX_UNANSWERED_PINGS && outlet != null) {
            outlet.cutOff();
        }
        return event.framed(ServerFrame.FRAMING);
    }

    @Override
    public ByteBuffer farewell(StreamEnd end) {
        return ServerFrame.close(CloseCode.of(end));
    }

    @Override
    public void received(ByteBuffer bytes) {
        frames.read(bytes);
    }

    @Override
    public void ping(byte[] payload) {
        if (outlet != null) {
            outlet.sendNow(ServerFrame.pong(payload));
        }
    }

    @Override
    public void pong() {
        unansweredPings = 0;
    }

    @Override
    public void close(CloseCode answer) {
        violation(answer);
    }

    @Override
    public void violation(CloseCode code) {
        if (outlet != null) {
            outlet.end(ServerFrame.close(code));
        }
    }
}
