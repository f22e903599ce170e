package dev.stacked.runtime.transport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ChunkedInputTest {
    private static ChunkedInput chunks(String sent) {
        return new ChunkedInput(new ByteArrayInputStream(sent.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void contentIsJoinedFromItsChunks() throws IOException {
        assertEquals("one and two", text(chunks("4\r\none \r\n7;ext=1\r\nand two\r\n0\r\n\r\n")));
    }

    @Test
    void exactReadAtTheEndOfAChunkDoesNotWaitForTheNext() throws IOException {
        try (ChunkedInput in = chunks("3\r\none")) { // reading on would fail
            assertEquals("one", new String(in.readNBytes(3), StandardCharsets.US_ASCII));
            assertEquals(0, in.read(new byte[3], 0, 0));
        }
    }

    @Test
    void connectionThatEndsWithinAChunkIsAnError() {
        assertThrows(EOFException.class, () -> text(chunks("4\r\none")));
    }
}
