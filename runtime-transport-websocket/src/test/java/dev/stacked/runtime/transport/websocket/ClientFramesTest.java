package dev.stacked.runtime.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientFramesTest {
    private final Heard heard = new Heard();
    private final ClientFrames frames = new ClientFrames(heard);

    /** Records the parsed messages of a client. */
    static final class Heard implements ClientFrames.Listener {
        final List<String> all = new ArrayList<>();

        @Override
        public void ping(byte[] payload) {
            all.add("ping " + new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void pong() {
            all.add("pong");
        }

        @Override
        public void close(CloseCode answer) {
            all.add("close " + answer.code());
        }

        @Override
        public void violation(CloseCode code) {
            all.add("violation " + code.code());
        }
    }

    static byte[] bytes(Frame... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            bytes.writeBytes(frame.masked());
        }
        return bytes.toByteArray();
    }

    private void read(Frame... sent) {
        frames.read(ByteBuffer.wrap(bytes(sent)));
    }

    private void read(int... octets) {
        ByteBuffer buffer = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            buffer.put((byte) octet);
        }
        frames.read(buffer.flip());
    }

    private void assertHeard(String... expected) {
        assertEquals(List.of(expected), heard.all);
    }

    @Test
    void everyCutOfTheBytesReadsTheSame() {
        byte[] all = bytes(
                Frame.of(Frame.PING, "ping 1"),
                Frame.of(Frame.TEXT, 300),
                Frame.of(Frame.TEXT, 0),
                Frame.of(Frame.TEXT, 5).fragment(),
                Frame.of(Frame.PING, 125),
                Frame.of(Frame.CONTINUATION, 5).fragment(),
                Frame.of(Frame.PONG, ""),
                Frame.of(Frame.CONTINUATION, 5),
                Frame.of(Frame.PING, ""),
                Frame.close(1000, ""));
        List<String> expected = List.of("ping ping 1", "ping " + "x".repeat(125), "pong", "ping ", "close 1000");

        for (int cut = 0; cut <= all.length; cut++) {
            Heard pieces = new Heard();
            ClientFrames reader = new ClientFrames(pieces);
            reader.read(ByteBuffer.wrap(all, 0, cut));
            reader.read(ByteBuffer.wrap(all, cut, all.length - cut));
            assertEquals(expected, pieces.all, "cut at " + cut);
        }
        for (byte octet : all) {
            frames.read(ByteBuffer.wrap(new byte[] {octet}));
        }
        assertEquals(expected, heard.all);
    }

    @Test
    void pingIsUnmasked() {
        read(0x89, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58); // "Hello" as in RFC 6455, section 5.7

        assertHeard("ping Hello");
    }

    @Test
    void textIsIgnored() {
        read(Frame.of(Frame.TEXT, "hello"), Frame.of(Frame.TEXT, "🚀"), Frame.of(Frame.PONG, "unasked"));

        assertHeard("pong");
    }

    @Test
    void textOfTheLargestSizeIsIgnored() {
        read(Frame.of(Frame.TEXT, 4096), Frame.of(Frame.PING, "still here"));

        assertHeard("ping still here");
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, 65535, 65536, 1_000_000})
    void textThatIsLargerIsTooBig(int length) {
        read(Frame.of(Frame.TEXT, length));

        assertHeard("violation 1009");
    }

    @Test
    void textIsTooBigByItsAnnouncedLengthAlone() {
        read(0x81, 0xFE, 0x10, 0x01);

        assertHeard("violation 1009");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x7F, 0x80, 0xFF})
    void hugeLengthIsTooBigWhateverItsSign(int highest) {
        read(0x81, 0xFF, highest, 0, 0, 0, 0, 1, 0, 0);

        assertHeard("violation 1009");
    }

    @Test
    void lengthInItsLongestFormIsUnderstood() {
        read(0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 'h', 'i');
        read(Frame.of(Frame.PING, "next"));

        assertHeard("ping next");
    }

    @Test
    void fragmentsCountTogether() {
        read(
                Frame.of(Frame.TEXT, 2048).fragment(),
                Frame.of(Frame.CONTINUATION, 2048).fragment(),
                Frame.of(Frame.PING, "whole"),
                Frame.of(Frame.CONTINUATION, 1));

        assertHeard("ping whole", "violation 1009");
    }

    @Test
    void fragmentsUpToTheLargestSizeAreIgnoredAndTheNextMessageCountsAnew() {
        Frame first = Frame.of(Frame.TEXT, 4000).fragment();
        Frame last = Frame.of(Frame.CONTINUATION, 96);
        read(first, last, first, last, Frame.of(Frame.TEXT, 4096), Frame.of(Frame.PING, "end"));

        assertHeard("ping end");
    }

    @Test
    void binaryIsNotAccepted() {
        read(Frame.of(Frame.BINARY, 1));

        assertHeard("violation 1003");
    }

    @Test
    void closeIsHeardWithAndWithoutACode() {
        read(Frame.of(Frame.CLOSE, ""));

        assertHeard("close 1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4404, 4999})
    void closeWithACodeThatMayBeSentIsAnsweredNormally(int code) {
        read(Frame.close(code, "gr\u00fc\u00dfe"));

        assertHeard("close 1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    void closeWithACodeThatMustNotBeSentBreaksTheProtocol(int code) {
        read(Frame.close(code, ""));

        assertHeard("close 1002");
    }

    @Test
    void closeWithHalfACodeBreaksTheProtocol() {
        read(Frame.of(Frame.CLOSE, (byte) 3));

        assertHeard("close 1002");
    }

    @Test
    void closeWithAReasonThatIsNoTextIsInvalid() {
        read(Frame.of(Frame.CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xC3));

        assertHeard("close 1007");
    }

    @Test
    void nothingIsReadAfterAClose() {
        read(Frame.of(Frame.CLOSE, ""), Frame.of(Frame.PING, "late"), Frame.of(Frame.BINARY, 1));

        assertHeard("close 1000");
    }

    @Test
    void nothingIsReadAfterAViolation() {
        read(Frame.of(Frame.BINARY, 1), Frame.of(Frame.PING, "late"), Frame.of(Frame.CLOSE, ""));

        assertHeard("violation 1003");
    }

    @Test
    void frameWithoutAMaskIsAViolation() {
        read(0x81, 0x02, 'h', 'i');

        assertHeard("violation 1002");
    }

    @Test
    void controlFrameWithoutAMaskIsAViolation() {
        read(0x89, 0x00);

        assertHeard("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10})
    void reservedBitIsAViolation(int bit) {
        read(0x81 | bit);

        assertHeard("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void unknownOpcodeIsAViolation(int opcode) {
        read(0x80 | opcode);

        assertHeard("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 127})
    void controlFrameWithALongPayloadIsAViolation(int announced) {
        read(0x89, 0x80 | announced);

        assertHeard("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.CLOSE, Frame.PING, Frame.PONG})
    void fragmentedControlFrameIsAViolation(int opcode) {
        read(Frame.of(opcode, "").fragment());

        assertHeard("violation 1002");
    }

    @Test
    void continuationOfNothingIsAViolation() {
        read(Frame.of(Frame.CONTINUATION, 1));

        assertHeard("violation 1002");
    }

    @ParameterizedTest
    @ValueSource(ints = {Frame.TEXT, Frame.BINARY})
    void newMessageWithinAMessageIsAViolation(int opcode) {
        read(Frame.of(Frame.TEXT, 1).fragment(), Frame.of(opcode, 1));

        assertHeard("violation 1002");
    }

    @Test
    void messageThatEndedIsNotContinued() {
        read(Frame.of(Frame.TEXT, 1).fragment(), Frame.of(Frame.CONTINUATION, 1), Frame.of(Frame.CONTINUATION, 1));

        assertHeard("violation 1002");
    }
}
