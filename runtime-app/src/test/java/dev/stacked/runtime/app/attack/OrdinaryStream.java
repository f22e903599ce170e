package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One stream of an ordinary client, on a separate connection. Confined to one thread, except for closing. */
final class OrdinaryStream implements AutoCloseable {
    private static final int STREAM = 1;
    private static final int MAX_ANSWER = 64 * 1024;
    /** An empty PING of a WebSocket, one byte per character; no text of the server contains such bytes. */
    private static final String PING = "\u0089\u0000";

    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
    private static final Pattern REFUSAL = Pattern.compile("HTTP/1.1 [345]");

    /** Reads the stream. */
    enum Transport {
        SSE_HTTP1,
        SSE_HTTP2,
        WEBSOCKET
    }

    private final Transport transport;
    private final Wire wire;
    private final byte[] buffer = new byte[16 * 1024];

    private OrdinaryStream(Transport transport, Wire wire) {
        this.transport = transport;
        this.wire = wire;
    }

    /** Sends a request over HTTP/2 on this connection, with a window of one byte for the response. */
    static OrdinaryStream stalled(Wire wire, Requests requests, String path) throws IOException {
        wire.send(Http2.preface(1));
        wire.send(requests.get(STREAM, path));
        return new OrdinaryStream(Transport.SSE_HTTP2, wire);
    }

    /** Opens the window for the rest of the response. */
    void takeRest() throws IOException {
        wire.send(Http2.windowUpdate(STREAM, Http2.WIDE));
    }

    /** Connects and sends the request; reads nothing yet. */
    static OrdinaryStream open(Transport transport, Requests requests, InetAddress from) throws IOException {
        String protocol = transport == Transport.SSE_HTTP2 ? Endpoint.HTTP_2 : Endpoint.HTTP_1;
        Wire wire = requests.endpoint().connect(from, protocol);
        OrdinaryStream stream = new OrdinaryStream(transport, wire);
        switch (transport) {
            case SSE_HTTP1 -> wire.send(requests.http1(Requests.STREAM));
            case WEBSOCKET -> wire.send(requests.webSocket());
            case SSE_HTTP2 -> {
                wire.send(Http2.preface(Http2.WIDE));
                wire.send(requests.get(STREAM, Requests.STREAM));
            }
        }
        return stream;
    }

    /** Reads the next input as text; with HTTP/2 the text of one frame, which may be empty. */
    String read() throws IOException {
        return transport == Transport.SSE_HTTP2 ? readFrame() : readBytes();
    }

    private String readBytes() throws IOException {
        int count = wire.read(buffer);
        if (count < 0) {
            throw new IOException("The server ended the stream.");
        }
        String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        if (transport == Transport.WEBSOCKET && text.contains(PING)) {
            wire.send(PONG);
        }
        return text;
    }

    private String readFrame() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(wire.readExactly(9));
        int lengthAndType = head.getInt();
        int flags = head.get();
        byte[] payload = wire.readExactly(lengthAndType >>> 8);
        switch (lengthAndType & 0xff) {
            case Http2.DATA -> {
                if ((flags & Http2.END_STREAM) != 0) {
                    throw new IOException("The server ended the stream: " + text(payload));
                }
                return text(payload);
            }
            case Http2.SETTINGS -> acknowledge(Http2.SETTINGS, flags);
            case Http2.PING -> acknowledge(Http2.PING, flags, payload);
            case Http2.RST_STREAM, Http2.GOAWAY ->
                throw new IOException("The server ended the stream by a frame of type " + (lengthAndType & 0xff));
            default -> {} // headers, windows
        }
        return "";
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    private void acknowledge(int type, int flags, byte... payload) throws IOException {
        if ((flags & Http2.ACK) == 0) {
            wire.send(Http2.frame(type, Http2.ACK, Http2.CONNECTION, payload));
        }
    }

    /** Reads up to the first byte, and drops it. */
    void awaitByte() throws IOException {
        String read = "";
        while (read.isEmpty()) {
            read = read();
        }
    }

    /** Reads up to a text. */
    void awaitText(String wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            read.append(read());
            if (read.length() > MAX_ANSWER || REFUSAL.matcher(read).lookingAt()) {
                throw new IOException("No '" + wanted + "' in " + read);
            }
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
