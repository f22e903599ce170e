package dev.stacked.runtime.reconcile.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is sent: {@code GET}, or {@code POST} with a body or an empty one. Always HTTP/1.1 without the offer of
 * an upgrade, at which some servers hang. Its parts hold no line breaks: ids are percent-encoded, tags and headers are
 * checked where they are read. Immutable.
 */
final class RequestHead {
    private static final int USUAL_BYTES = 512;
    private static final String NO_BODY = "content-length: 0\r\n";

    private final Target target;
    private final String path;
    private final @Nullable EntityTag condition;
    private final byte @Nullable [] json;

    private RequestHead(Target target, String path, @Nullable EntityTag condition, byte @Nullable [] json) {
        this.target = target;
        this.path = path;
        this.condition = condition;
        this.json = json;
    }

    /** @param condition tag of the known document; null if none is known */
    static RequestHead get(Target target, String path, @Nullable EntityTag condition) {
        return new RequestHead(target, path, condition, null);
    }

    /** @param json the body; empty for none */
    static RequestHead post(Target target, String path, byte[] json) {
        return new RequestHead(target, path, null, json);
    }

    private String method() {
        return json == null ? "GET" : "POST";
    }

    /** The bytes of the request, in a buffer that the caller must release or write. */
    ByteBuf encode(ByteBufAllocator allocator, String traceparent) {
        ByteBuf out = allocator.ioBuffer(USUAL_BYTES);
        ascii(out, method());
        ascii(out, " ");
        ascii(out, target.prefix());
        ascii(out, path);
        out.writeBytes(target.commonHeaders());
        if (condition != null) {
            ascii(out, "if-none-match: ");
            ascii(out, condition.value());
            ascii(out, "\r\n");
        }
        ascii(out, "traceparent: ");
        ascii(out, traceparent);
        ascii(out, "\r\n");
        out.writeBytes(target.credentials());
        if (json != null) {
            ascii(
                    out,
                    json.length == 0
                            ? NO_BODY
                            : "content-type: application/json\r\ncontent-length: " + json.length + "\r\n");
        }
        ascii(out, "\r\n");
        if (json != null) {
            out.writeBytes(json);
        }
        return out;
    }

    private static void ascii(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    /** Method and path, without the host. */
    @Override
    public String toString() {
        return method() + " " + path;
    }
}
