package dev.stacked.runtime.app.internal.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file ready to be served.
 *
 * @param headers response headers, except those that depend on the encoding
 * @param plain the original bytes
 * @param gzipped the compressed bytes
 */
record StaticFile(Map<String, String> headers, Variant plain, Variant gzipped) {
    StaticFile {
        headers = Map.copyOf(headers);
    }

    /**
     * One encoding of a file.
     *
     * @param etag names these bytes
     * @param bytes read only through duplicates
     */
    record Variant(String etag, ByteBuffer bytes) {}

    static StaticFile of(byte[] content, Map<String, String> headers) {
        String hash = ContentHash.of(content);
        return new StaticFile(headers, variant(hash, content), variant(hash + "-gzip", gzip(content)));
    }

    private static Variant variant(String etag, byte[] bytes) {
        return new Variant(etag, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
