package dev.stacked.runtime.reconcile.http;

/** The body of an answer: its bytes, or the fact that it is too large to be read. */
final class Body {
    /** Maximum size of a body, far above that of real answers; more is not read. */
    static final int MAX_BYTES = 1024 * 1024;
    /** A body without a byte. */
    static final byte[] EMPTY = {};

    static final Body TOO_LARGE = new Body(EMPTY);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A body that was read to its end. The bytes are not copied and must not be modified. */
    static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    boolean isTooLarge() {
        return this == TOO_LARGE;
    }

    /** The bytes; empty if the body is too large. Must not be modified. */
    byte[] bytes() {
        return bytes;
    }
}
