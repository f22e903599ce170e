package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayOutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fetches a JWK set over HTTP without blocking. Redirects are not followed. Thread-safe. */
final class KeyFetch {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** In all. Less than an answer of the authorizer may take, so that old keys can still count for the token. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private static final int MAX_BYTES = 256 * 1024;
    private static final int OK = 200;

    private final URI url;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(ProxySelector.getDefault())
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    KeyFetch(URI url) {
        this.url = url;
    }

    /** Starts a fetch; fails if the answer is late, has another status than 200, is too large or holds no key. */
    CompletionStage<JWKSet> start() {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Accept", "application/jwk-set+json, application/json")
                .timeout(TIMEOUT)
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new BoundedBody());
        CompletableFuture<HttpResponse<byte[]>> inTime =
                answer.copy().orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return inTime.whenComplete((response, failure) -> answer.cancel(true)) // that it was late, for one
                .thenApply(KeyFetch::keys);
    }

    private static JWKSet keys(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            throw new IllegalStateException("The issuer answered with status " + answer.statusCode());
        }
        try {
            JWKSet keys = JWKSet.parse(new String(answer.body(), StandardCharsets.UTF_8));
            if (keys.isEmpty()) {
                throw new IllegalStateException("The issuer answered with an empty key set");
            }
            return keys;
        } catch (ParseException e) {
            throw new IllegalStateException("The issuer answered with no key set", e);
        }
    }

    /** A body that may not be larger than a key set. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            newSubscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (bytes.size() + buffer.remaining() > MAX_BYTES) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    body.completeExceptionally(
                            new IllegalStateException("The issuer answered with more than " + MAX_BYTES + " bytes"));
                    return;
                }
                byte[] chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
