package dev.stacked.runtime.reconcile.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer: its bytes, or the fact that it is too large to be read. */
final class Body {
    /** Maximum size of a body, far above that of real answers; more is not read. */
    static final int MAX_BYTES = 1024 * 1024;

    private final byte @Nullable [] bytes;

    private Body(byte @Nullable [] bytes) {
        this.bytes = bytes;
    }

    /** A body that was read to its end. */
    static Body of(byte[] bytes) {
        return new Body(bytes.clone());
    }

    boolean isTooLarge() {
        return bytes == null;
    }

    /** The bytes; empty if the body is too large. Must not be modified. */
    byte[] bytes() {
        return bytes == null ? new byte[0] : bytes;
    }

    /** Reads at most {@link #MAX_BYTES}; a longer body is cancelled, which closes its connection. */
    static BodyHandler<Body> handler() {
        return response -> new Subscriber(
                response.headers().firstValueAsLong("Content-Length").orElse(0) > MAX_BYTES);
    }

    /** Collects the bytes as they arrive. It copies them, since each small chunk of a slow peer can pin a whole buffer. */
    private static final class Subscriber implements BodySubscriber<Body> {
        private final boolean announcedTooLarge;
        private final CompletableFuture<Body> body = new CompletableFuture<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        Subscriber(boolean announcedTooLarge) {
            this.announcedTooLarge = announcedTooLarge;
        }

        @Override
        public CompletionStage<Body> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (announcedTooLarge) {
                refuse();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (body.isDone()) {
                    return;
                }
                if (buffer.remaining() > MAX_BYTES - received.size()) {
                    refuse();
                    return;
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                received.writeBytes(bytes);
            }
        }

        private void refuse() {
            if (subscription != null) {
                subscription.cancel();
            }
            body.complete(new Body(null));
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(new Body(received.toByteArray()));
        }
    }
}
