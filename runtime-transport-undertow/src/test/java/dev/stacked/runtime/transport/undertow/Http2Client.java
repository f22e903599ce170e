package dev.stacked.runtime.transport.undertow;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of HTTP/2 to the frame, which knows beforehand that the server speaks it. It opens a stream's window only when
 * it is told to. Streams are named by the numbers that {@link #get} returns.
 */
final class Http2Client implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Client.class);
    static final int CANCEL = 8;
    /** A window that no test exhausts. */
    static final int WIDE = 1 << 30;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int CONNECTION = 0;

    /** What has come on one stream. */
    private static final class Stream {
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private int read;
        private int status;
        private int dataFrames;
        private boolean ended;
        private int resetCode = -1;

        private @Nullable String takeLine() {
            String rest = rest();
            int end = rest.indexOf('\n');
            if (end < 0) {
                return null;
            }
            read += rest.substring(0, end + 1).getBytes(StandardCharsets.UTF_8).length;
            return rest.substring(0, end);
        }

        private String rest() {
            return new String(data.toByteArray(), read, data.size() - read, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final HpackDecoder decoder = new HpackDecoder();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private int lastStream = -1;
    private int pongs;
    private @Nullable ByteBuffer goAway;

    /**
     * @param window bytes of each stream that the client accepts before it opens the window further
     * @param receiveBuffer bytes that the kernel takes without being read; 0 for its own choice
     */
    Http2Client(int port, int window, int receiveBuffer, Duration patience) {
        this(connect(port, receiveBuffer, patience), window);
    }

    /**
     * @param connected a connection on which nothing was sent yet
     * @param window bytes of each stream that the client accepts before it opens the window further
     */
    Http2Client(Socket connected, int window) {
        try {
            socket = connected;
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(
                SETTINGS,
                0,
                CONNECTION,
                ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window));
        grant(CONNECTION, WIDE);
    }

    private static Socket connect(int port, int receiveBuffer, Duration patience) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) patience.toMillis());
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends any frame. A stream that it begins is received like one of {@link #get}. */
    void frame(int type, int flags, int stream, int length) {
        if (type == HEADERS) {
            streams.put(stream, new Stream());
        }
        send(type, flags, stream, ByteBuffer.allocate(length).position(length));
    }

    /** Begins a frame, of which the rest does not come. */
    void beginFrame(int type, int length) {
        try {
            out.writeInt(length << 8 | type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(int type, int flags, int stream, ByteBuffer payload) {
        try {
            out.writeInt(payload.position() << 8 | type);
            out.writeByte(flags);
            out.writeInt(stream);
            out.write(bytes(payload.flip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a request with more headers, by name and value. */
    int get(String path, String... headers) {
        return open("GET", path, END_STREAM, headers);
    }

    /** Announces a body that does not come. */
    int postWithoutBody(String path) {
        return open("POST", path, 0);
    }

    private int open(String method, String path, int end, String... headers) {
        lastStream += 2;
        streams.put(lastStream, new Stream());
        ByteBuffer block = ByteBuffer.allocate(1024);
        field(block, ":method", method);
        field(block, ":scheme", "http");
        field(block, ":authority", "127.0.0.1");
        field(block, ":path", path);
        for (int i = 0; i < headers.length; i += 2) {
            field(block, headers[i], headers[i + 1]);
        }
        send(HEADERS, END_HEADERS | end, lastStream, block);
        return lastStream;
    }

    /** A literal that is not compressed. */
    private static void field(ByteBuffer block, String name, String value) {
        block.put((byte) 0);
        for (String text : new String[] {name, value}) {
            block.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Lets the server send more of a stream. */
    void grant(int stream, int bytes) {
        send(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes));
    }

    /** Leaves a stream. */
    void reset(int stream) {
        send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL));
    }

    /** Returns when the server has read all that was sent; what it had sent until then has come. */
    void roundTrip() {
        int before = pongs;
        send(PING, 0, CONNECTION, ByteBuffer.allocate(8).putLong(before));
        while (pongs == before) {
            receive();
        }
    }

    int status(int id) {
        Stream stream = stream(id);
        while (stream.status == 0) {
            receive();
        }
        return stream.status;
    }

    /** The next line of a stream, without its end. */
    String line(int id) {
        Stream stream = stream(id);
        for (String line = stream.takeLine(); ; line = stream.takeLine()) {
            if (line != null) {
                return line;
            }
            receive();
        }
    }

    /** What has come of a stream so far and was not taken as a line. */
    String received(int id) {
        return stream(id).rest();
    }

    /** The number of DATA frames received so far. */
    int dataFrames(int id) {
        return stream(id).dataFrames;
    }

    /** All until the server ends the stream in an orderly way. */
    String rest(int id) {
        Stream stream = stream(id);
        while (!stream.ended) {
            receive();
        }
        return stream.rest();
    }

    /** The code with which the server resets a stream. */
    int resetCode(int id) {
        Stream stream = stream(id);
        while (stream.resetCode < 0) {
            receive();
        }
        return stream.resetCode;
    }

    /** The code with which the server goes away. */
    int goAwayCode() {
        while (goAway == null) {
            receive();
        }
        return goAway.getInt(4);
    }

    /** The last stream that the server serves before it goes away. */
    int goAwayStream() {
        goAwayCode();
        return Objects.requireNonNull(goAway).getInt(0);
    }

    boolean wasReset(int id) {
        return stream(id).resetCode >= 0;
    }

    private Stream stream(int id) {
        Stream stream = streams.get(id);
        if (stream == null) {
            throw new AssertionError("No stream " + id);
        }
        return stream;
    }

    void receive() {
        try {
            int lengthAndType = in.readInt();
            int flags = in.readUnsignedByte();
            int id = in.readInt();
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(lengthAndType >>> 8));
            receive(lengthAndType & 0xff, flags, id, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acknowledgeSettings() {
        try {
            send(SETTINGS, ACK, CONNECTION, ByteBuffer.allocate(0));
        } catch (UncheckedIOException e) {
            LOG.debug("The server has closed the connection", e); // what it sent before can still be read
        }
    }

    private void receive(int type, int flags, int id, ByteBuffer payload) {
        switch (type) {
            case DATA -> {
                stream(id).data.writeBytes(bytes(payload));
                stream(id).dataFrames++;
            }
            case HEADERS -> decode(payload, stream(id));
            case RST_STREAM -> stream(id).resetCode = payload.getInt();
            case PING -> pongs++;
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    acknowledgeSettings();
                }
            }
            case GOAWAY -> goAway = payload;
            default -> {} // windows of ours, which we do not fill
        }
        if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
            stream(id).ended = true;
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
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
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
