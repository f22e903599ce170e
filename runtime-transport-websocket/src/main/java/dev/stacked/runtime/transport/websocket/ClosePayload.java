package dev.stacked.runtime.transport.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The payload of a client's close frame (RFC 6455, sections 5.5.1 and 7.4). */
final class ClosePayload {
    private static final int CODE_BYTES = 2;

    private ClosePayload() {}

    /** The code of the server's reply: a normal closure, unless the payload breaks the protocol. */
    static CloseCode answer(byte[] payload) {
        if (payload.length == 0) {
            return CloseCode.NORMAL;
        }
        if (payload.length < CODE_BYTES || !mayBeSent(ByteBuffer.wrap(payload).getShort() & 0xFFFF)) {
            return CloseCode.PROTOCOL_ERROR;
        }
        return isUtf8(ByteBuffer.wrap(payload, CODE_BYTES, payload.length - CODE_BYTES))
                ? CloseCode.NORMAL
                : CloseCode.INVALID_TEXT;
    }

    /**
     * Whether an endpoint may send this code: 1004 to 1006 and 1015 are reserved, other codes below 3000 must be
     * registered with IANA, and 3000 to 4999 are free.
     */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private static boolean isUtf8(ByteBuffer reason) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(reason);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
