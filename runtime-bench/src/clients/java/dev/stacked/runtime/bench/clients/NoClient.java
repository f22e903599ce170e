package dev.stacked.runtime.bench.clients;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No client at all: what the measurement itself costs. */
final class NoClient implements Client {
    private static final byte[] NOTHING = {'{'};

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        return CompletableFuture.completedFuture(NOTHING);
    }

    @Override
    public void close() {}
}
