package dev.stacked.runtime.app.internal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** Names contents by their hash, so that different contents have different names. */
final class ContentHash {
    private static final int BYTES = 10;

    private ContentHash() {}

    static String of(byte[] content) {
        return shortened(sha256().digest(content));
    }

    /** The name of a tree of files. */
    static String of(SortedMap<String, byte[]> files) {
        MessageDigest digest = sha256();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(sha256().digest(file.getValue()));
        }
        return shortened(digest.digest());
    }

    private static String shortened(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing in this JDK", e);
        }
    }
}
