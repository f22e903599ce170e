package dev.stacked.runtime.reconcile.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An answer of the real upstream, as curl has shown it. */
final class Recorded {
    private final String head;
    private final String body;

    private Recorded(String head, String body) {
        this.head = head;
        this.body = body;
    }

    static Recorded load(String name) {
        try (InputStream file = Recorded.class.getResourceAsStream("/recorded/" + name + ".txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            String answer = text.substring(text.indexOf("HTTP/1.1"));
            int blank = answer.indexOf("\n\n");
            return new Recorded(
                    answer.substring(0, blank), answer.substring(blank + 2).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] body() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** As it goes over the wire. The length is counted anew: file names in the bodies have been changed since. */
    String toHttp() {
        String length = "content-length: " + body().length;
        return head.replaceAll("content-length: [0-9]+", length).replace("\n", "\r\n") + "\r\n\r\n" + body;
    }
}
