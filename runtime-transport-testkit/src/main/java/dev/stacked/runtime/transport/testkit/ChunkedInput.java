package dev.stacked.runtime.transport.testkit;

import dev.stacked.runtime.testkit.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Decodes a chunked HTTP body. Never reads ahead. */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private int left;
    private boolean started;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0; // without waiting for the next chunk
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException("The connection ended within a chunk.");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (started) {
            RawClient.readLine(in);
        }
        started = true;
        String size = RawClient.readLine(in).split(";", 2)[0].strip();
        left = Integer.parseInt(size, 16);
        ended = left == 0;
    }
}
