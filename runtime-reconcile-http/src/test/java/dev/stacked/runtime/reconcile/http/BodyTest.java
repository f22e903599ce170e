package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class BodyTest {
    private final Connection connection = new Connection();

    @Test
    void bytesArriveInOrder() {
        BodySubscriber<Body> subscriber = subscribe(Map.of());
        subscriber.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));
        subscriber.onNext(List.of(ByteBuffer.wrap(new byte[] {4})));
        subscriber.onComplete();

        Body body = subscriber.getBody().toCompletableFuture().getNow(null);
        assertArrayEquals(new byte[] {1, 2, 3, 4}, body.bytes());
        assertFalse(body.isTooLarge());
        assertFalse(connection.cancelled);
    }

    @Test
    void exactlyTheLimitIsRead() {
        BodySubscriber<Body> subscriber = subscribe(Map.of("content-length", List.of("" + Body.MAX_BYTES)));
        subscriber.onNext(List.of(ByteBuffer.allocate(Body.MAX_BYTES - 1), ByteBuffer.allocate(1)));
        subscriber.onComplete();

        assertEquals(
                Body.MAX_BYTES,
                subscriber.getBody().toCompletableFuture().getNow(null).bytes().length);
    }

    @Test
    void oneByteMoreStopsTheReading() {
        BodySubscriber<Body> subscriber = subscribe(Map.of());
        subscriber.onNext(List.of(ByteBuffer.allocate(Body.MAX_BYTES), ByteBuffer.allocate(1)));

        assertTrue(connection.cancelled);
        assertTrue(subscriber.getBody().toCompletableFuture().getNow(null).isTooLarge());
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsNotReadAtAll() {
        BodySubscriber<Body> subscriber = subscribe(Map.of("content-length", List.of("" + (Body.MAX_BYTES + 1))));

        assertTrue(connection.cancelled);
        assertEquals(0, connection.requested);
        assertTrue(subscriber.getBody().toCompletableFuture().getNow(null).isTooLarge());
    }

    @Test
    void aConnectionThatBreaksIsAFailure() {
        BodySubscriber<Body> subscriber = subscribe(Map.of());
        subscriber.onNext(List.of(ByteBuffer.allocate(1)));
        subscriber.onError(new IOException("reset"));

        assertTrue(subscriber.getBody().toCompletableFuture().isCompletedExceptionally());
    }

    private BodySubscriber<Body> subscribe(Map<String, List<String>> headers) {
        BodySubscriber<Body> subscriber = Body.handler().apply(new ResponseInfo() {
            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(headers, (name, value) -> true);
            }

            @Override
            public HttpClient.Version version() {
                return HttpClient.Version.HTTP_1_1;
            }
        });
        subscriber.onSubscribe(connection);
        return subscriber;
    }

    private static final class Connection implements Flow.Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
