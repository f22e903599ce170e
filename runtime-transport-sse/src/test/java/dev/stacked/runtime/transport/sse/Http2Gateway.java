package dev.stacked.runtime.transport.sse;

import io.undertow.protocols.http2.HpackDecoder;
import io.undertow.protocols.http2.HpackException;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Connects HTTP/1.1 clients to a server over HTTP/2: each gets a connection with one stream. It opens the stream's
 * window as the client reads, and resets the stream when the client leaves.
 */
final class Http2Gateway implements AutoCloseable {
    /** Small, so that a client that does not read soon stalls its stream. */
    private static final int WINDOW = 8192;

    private static final int STREAM = 1;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int CANCEL = 8;

    private final ServerSocket listener;
    private final URI target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    Http2Gateway(URI target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            client.setSendBufferSize(WINDOW);
            Socket server = new Socket(target.getHost(), target.getPort());
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            daemon(() -> new Link(client, server).carry());
        }
    }

    /** One client's stream. */
    private static final class Link {
        private final Socket client;
        private final Socket server;
        private final DataOutputStream out;
        private final HpackDecoder decoder = new HpackDecoder();

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            this.out = new DataOutputStream(server.getOutputStream());
        }

        private void carry() throws IOException {
            try (client;
                    server) {
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                send(
                        SETTINGS,
                        0,
                        0,
                        ByteBuffer.allocate(6)
                                .putShort((short) INITIAL_WINDOW_SIZE)
                                .putInt(WINDOW));
                send(HEADERS, END_HEADERS | END_STREAM, STREAM, requestBlock(request));
                daemon(() -> watchClient(request));
                DataInputStream in = new DataInputStream(server.getInputStream());
                while (receive(in)) {}
            }
        }

        /** Ignores input after the request, except for its end: the client has left. */
        private void watchClient(BufferedReader fromClient) throws IOException {
            try {
                while (fromClient.read() >= 0) {}
            } catch (IOException reset) {
                // the client has left
            }
            send(RST_STREAM, 0, STREAM, ByteBuffer.allocate(4).putInt(CANCEL));
        }

        private static ByteBuffer requestBlock(BufferedReader request) throws IOException {
            ByteBuffer block = ByteBuffer.allocate(4096);
            String[] line = request.readLine().split(" ", 3);
            field(block, ":method", line[0]);
            field(block, ":scheme", "http");
            field(block, ":path", line[1]);
            List<String[]> headers = new ArrayList<>();
            for (String header = request.readLine(); !header.isEmpty(); header = request.readLine()) {
                headers.add(header.split(": *", 2));
            }
            for (String[] header : headers) {
                String name = header[0].toLowerCase(Locale.ROOT);
                field(block, name.equals("host") ? ":authority" : name, header[1]);
            }
            return block;
        }

        /** A literal that is not compressed. */
        private static void field(ByteBuffer block, String name, String value) {
            block.put((byte) 0);
            for (String text : new String[] {name, value}) {
                int length = text.length();
                if (length < 127) {
                    block.put((byte) length);
                } else {
                    block.put((byte) 127);
                    int rest = length - 127;
                    for (; rest >= 128; rest >>= 7) {
                        block.put((byte) ((rest & 127) | 128));
                    }
                    block.put((byte) rest);
                }
                block.put(text.getBytes(StandardCharsets.US_ASCII));
            }
        }

        /** Handles one frame; false if it was the stream's last. */
        private boolean receive(DataInputStream in) throws IOException {
            int lengthAndType = in.readInt();
            int flags = in.readUnsignedByte();
            in.readInt(); // the stream, of which there is only one
            byte[] payload = in.readNBytes(lengthAndType >>> 8);
            int type = lengthAndType & 0xff;
            switch (type) {
                case HEADERS -> client.getOutputStream().write(head(payload));
                case DATA -> forward(payload);
                case SETTINGS -> {
                    if ((flags & ACK) == 0) {
                        send(SETTINGS, ACK, 0, ByteBuffer.allocate(0));
                    }
                }
                default -> {} // irrelevant here
            }
            boolean last = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
            return !last && type != RST_STREAM && type != GOAWAY;
        }

        private void forward(byte[] data) throws IOException {
            OutputStream toClient = client.getOutputStream();
            toClient.write(data); // blocks while the client reads nothing, and the window stays shut
            if (data.length > 0) {
                send(WINDOW_UPDATE, 0, STREAM, ByteBuffer.allocate(4).putInt(data.length));
                send(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(data.length));
            }
        }

        private byte[] head(byte[] block) {
            StringBuilder head = new StringBuilder();
            decoder.setHeaderEmitter((name, value, neverIndex) -> {
                if (name.toString().equals(":status")) {
                    head.insert(0, "HTTP/1.1 " + value + " OK\r\n");
                } else {
                    head.append(name).append(": ").append(value).append("\r\n");
                }
            });
            try {
                decoder.decode(ByteBuffer.wrap(block), false);
            } catch (HpackException e) {
                throw new AssertionError(e);
            }
            return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        private synchronized void send(int type, int flags, int stream, ByteBuffer payload) throws IOException {
            ByteBuffer frame = ByteBuffer.allocate(9 + payload.flip().remaining());
            frame.putInt(payload.remaining() << 8 | type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload);
            byte[] bytes = new byte[frame.flip().remaining()];
            frame.get(bytes);
            out.write(bytes);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // one side has closed, and with it the other
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
