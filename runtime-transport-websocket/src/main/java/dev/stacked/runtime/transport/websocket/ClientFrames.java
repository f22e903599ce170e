package dev.stacked.runtime.transport.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Parses a client's frames (RFC 6455, section 5) incrementally, from any fragmentation of the input. Text is counted
 * and dropped; payloads of control frames, 125 bytes at most, are kept. Input after the first violation is ignored.
 */
final class ClientFrames {
    static final int MAX_MESSAGE = 4096;

    /** The messages of a client. */
    interface Listener {
        void ping(byte[] payload);

        void pong();

        /** The client closes; {@code answer} is the code to close with. */
        void close(CloseCode answer);

        /** The connection must be closed with this code. */
        void violation(CloseCode code);
    }

    private static final int FINAL = 0x80;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int MAX_CONTROL = 125;

    private enum Expecting {
        FIRST_BYTE,
        LENGTH,
        EXTENDED_LENGTH,
        MASK,
        PAYLOAD,
        NOTHING
    }

    private final Listener listener;
    private final byte[] mask = new byte[4];
    private final byte[] control = new byte[MAX_CONTROL];
    private Expecting expecting = Expecting.FIRST_BYTE;
    private int firstByte;
    private int missing;
    private long length;
    private long read;
    private long messageLength;
    private boolean inMessage;

    ClientFrames(Listener listener) {
        this.listener = listener;
    }

    void read(ByteBuffer bytes) {
        while (bytes.hasRemaining() && expecting != Expecting.NOTHING) {
            switch (expecting) {
                case FIRST_BYTE -> firstByte(bytes.get() & 0xFF);
                case LENGTH -> length(bytes.get() & 0xFF);
                case EXTENDED_LENGTH -> extendedLength(bytes.get() & 0xFF);
                case MASK -> mask(bytes.get());
                case PAYLOAD -> payload(bytes);
                case NOTHING -> throw new AssertionError("excluded by the loop");
            }
        }
    }

    private void firstByte(int value) {
        firstByte = value;
        int opcode = opcode();
        boolean fin = (value & FINAL) != 0;
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        boolean inOrder = isControl() ? fin : (opcode == 0) == inMessage;
        if ((value & RESERVED) != 0 || !known || !inOrder) {
            fail(CloseCode.PROTOCOL_ERROR);
        } else if (opcode == 2) {
            fail(CloseCode.UNACCEPTABLE_DATA);
        } else {
            expecting = Expecting.LENGTH;
        }
    }

    private void length(int value) {
        int announced = value & ~MASKED;
        read = 0;
        if ((value & MASKED) == 0 || (isControl() && announced > MAX_CONTROL)) {
            fail(CloseCode.PROTOCOL_ERROR);
        } else if (announced > MAX_CONTROL) {
            missing = announced == 126 ? 2 : 8;
            length = 0;
            expecting = Expecting.EXTENDED_LENGTH;
        } else {
            lengthKnown(announced);
        }
    }

    private void extendedLength(int value) {
        length = length << 8 | value;
        if (--missing == 0) {
            lengthKnown(length);
        }
    }

    private void lengthKnown(long known) {
        length = known;
        missing = mask.length;
        if (!isControl()) {
            messageLength = inMessage ? messageLength + known : known;
            inMessage = (firstByte & FINAL) == 0;
        }
        if (known < 0 || (!isControl() && (known > MAX_MESSAGE || messageLength > MAX_MESSAGE))) {
            fail(CloseCode.MESSAGE_TOO_BIG);
        } else {
            expecting = Expecting.MASK;
        }
    }

    private void mask(byte value) {
        mask[mask.length - missing] = value;
        if (--missing == 0) {
            expecting = Expecting.PAYLOAD;
            endFrameIfComplete();
        }
    }

    private void payload(ByteBuffer bytes) {
        int available = (int) Math.min(bytes.remaining(), length - read);
        if (isControl()) {
            for (int i = 0; i < available; i++) {
                control[(int) read + i] = (byte) (bytes.get() ^ mask[(int) (read + i) % mask.length]);
            }
        } else {
            bytes.position(bytes.position() + available);
        }
        read += available;
        endFrameIfComplete();
    }

    private void endFrameIfComplete() {
        if (read < length) {
            return;
        }
        expecting = Expecting.FIRST_BYTE;
        switch (opcode()) {
            case 8 -> {
                expecting = Expecting.NOTHING;
                listener.close(ClosePayload.answer(Arrays.copyOf(control, (int) length)));
            }
            case 9 -> listener.ping(Arrays.copyOf(control, (int) length));
            case 10 -> listener.pong();
            default -> {} // text has no meaning
        }
    }

    private int opcode() {
        return firstByte & 0x0F;
    }

    private boolean isControl() {
        return opcode() >= 8;
    }

    private void fail(CloseCode code) {
        expecting = Expecting.NOTHING;
        listener.violation(code);
    }
}
