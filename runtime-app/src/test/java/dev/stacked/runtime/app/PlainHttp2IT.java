package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** HTTP/2 without TLS, as a proxy may speak it to us. */
class PlainHttp2IT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SETTINGS = 4;

    private static byte[] answer(RunningApp app, String request, byte[] more, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(more);
            socket.getOutputStream().write(bytes.toByteArray());
            return socket.getInputStream().readNBytes(length);
        }
    }

    @Test
    void aClientThatKnowsBeforehandMayBeginWithIt() throws Exception {
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=off"})) {
            byte[] frame =
                    answer(app, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", new byte[] {0, 0, 0, SETTINGS, 0, 0, 0, 0, 0}, 9);

            assertEquals(SETTINGS, frame[3]);
        }
    }

    @Test
    void nobodyIsOfferedToUpgradeToIt() throws Exception {
        String request = String.join(
                "\r\n",
                "GET /client/index.js HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "",
                "");
        try (RunningApp app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=off"})) {
            String status = "HTTP/1.1 200 OK\r\n";

            assertEquals(
                    status, new String(answer(app, request, new byte[0], status.length()), StandardCharsets.US_ASCII));
        }
    }
}
