package dev.stacked.runtime.access.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where an issuer publishes its keys; may be down. */
final class JwksServer implements AutoCloseable {
    final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";
    private volatile String redirect = "";
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    JwksServer(JWK... keys) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        publish(keys);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (!redirect.isEmpty() && !exchange.getRequestURI().getPath().equals(redirect)) {
                exchange.getResponseHeaders().set("Location", redirect);
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
                return;
            }
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    void publish(JWK... keys) {
        answers(new JWKSet(List.of(keys)).toPublicJWKSet().toString());
    }

    void answers(String text) {
        body = text;
        status = 200;
    }

    /** Redirects to a path below which the keys are. */
    void redirects() {
        redirect = "/keys/moved";
    }

    /** Takes requests and does not answer them. */
    void hangs() {
        hanging = new CountDownLatch(1);
    }

    void goesOn() {
        hanging.countDown();
    }

    void isDown() {
        status = 503;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    @Override
    public void close() {
        goesOn();
        server.stop(0);
    }
}
