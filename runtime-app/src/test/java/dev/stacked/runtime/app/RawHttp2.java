package dev.stacked.runtime.app;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection without TLS, whose requests have exactly the fields of the test. */
public final class RawHttp2 implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;
    private static final int CONNECTION = 0;
    /** Increment of the connection's window, so that no test exhausts it. */
    private static final int WIDE = 1 << 30;

    /**
     * The server's GOAWAY frame.
     *
     * @param lastStream the last stream that the server processes
     * @param code the error code
     */
    public record GoAway(int lastStream, int code) {}

    private static final class Stream {
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private int status;
        private boolean ended;
        private int resetCode = -1;
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HpackDecoder decoder = new HpackDecoder();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private int lastStream = -1;
    private @Nullable GoAway goAway;

    /** Connects to a port of the loopback interface. */
    public RawHttp2(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, CONNECTION);
        send(WINDOW_UPDATE, 0, CONNECTION, ByteBuffer.allocate(4).putInt(WIDE).array());
    }

    private void send(int type, int flags, int stream, byte... payload) throws IOException {
        out.writeInt((payload.length << 8) | type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /** Sends a request without a body, with these fields by name and value, and returns its stream. */
    public int request(String... fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                block.write(0); // a literal that is not indexed
            }
            block.write(fields[i].length());
            block.writeBytes(fields[i].getBytes(StandardCharsets.US_ASCII));
        }
        lastStream += 2;
        streams.put(lastStream, new Stream());
        send(HEADERS, END_HEADERS | END_STREAM, lastStream, block.toByteArray());
        return lastStream;
    }

    /** Sends an ordinary GET request and returns its stream. */
    public int get(String path) throws IOException {
        return request(":method", "GET", ":scheme", "http", ":authority", "localhost", ":path", path);
    }

    /** The status of the response; -1 if the server resets the stream instead. */
    public int status(int id) throws IOException {
        Stream stream = streams.get(id);
        while (stream.status == 0 && stream.resetCode < 0) {
            receive();
        }
        return stream.resetCode < 0 ? stream.status : -1;
    }

    /** Waits for a text on a stream. */
    public void awaitText(int id, String wanted) throws IOException {
        while (!text(id).contains(wanted)) {
            receive();
        }
    }

    /** Reads all data until the server ends the stream with END_STREAM. */
    public String rest(int id) throws IOException {
        while (!hasEnded(id)) {
            receive();
        }
        return text(id);
    }

    /** Whether END_STREAM has been received. */
    public boolean hasEnded(int id) {
        if (streams.get(id).resetCode >= 0) {
            throw new AssertionError("Stream " + id + " was reset: " + streams.get(id).resetCode);
        }
        return streams.get(id).ended;
    }

    private String text(int id) {
        return streams.get(id).data.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the server's GOAWAY. */
    public GoAway goAway() throws IOException {
        while (goAway == null) {
            receive();
        }
        return goAway;
    }

    private void receive() throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int id = in.readInt();
        ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(lengthAndType >>> 8));
        switch (lengthAndType & 0xff) {
            case DATA -> streams.get(id).data.writeBytes(payload.array());
            case HEADERS -> decode(payload, streams.get(id));
            case RST_STREAM -> streams.get(id).resetCode = payload.getInt();
            case GOAWAY -> goAway = new GoAway(payload.getInt(), payload.getInt());
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    send(SETTINGS, ACK, CONNECTION);
                }
            }
            default -> {} // window updates, which are not needed here
        }
        if (streams.containsKey(id) && (flags & END_STREAM) != 0) {
            streams.get(id).ended = true;
        }
    }

    private void decode(ByteBuffer block, Stream stream) {
        decoder.setHeaderEmitter((name, value, neverIndex) -> {
            if (name.toString().equals(":status")) {
                stream.status = Integer.parseInt(value);
            }
        });
        try {
            decoder.decode(block, false);
        } catch (HpackException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
