package dev.stacked.runtime.reconcile.http;

import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.stacked.runtime.core.ReconcileException;
import dev.stacked.runtime.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the upstream knows who asks, and the reconciler whom it asks; all of it changes while calls go on. */
class CredentialsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private volatile UpstreamHeaders headers = UpstreamHeaders.NONE;
    private volatile SSLContext context;

    private static RawUpstream.Script wellAnswered() {
        return request -> request.sendJson(200, request.head().startsWith("GET") ? DOCUMENT : RUNTIME);
    }

    private static TestReconciler reconciler(URI base, UnaryOperator<HttpReconcilerBuilder> more) {
        return TestReconciler.of(TestReconciler.settings(base, Duration.ofSeconds(20), 1, 16), more);
    }

    @Test
    void headersChangeWithTheNextCall() throws Exception {
        try (RawUpstream upstream = RawUpstream.start(wellAnswered());
                TestReconciler reconciler = reconciler(upstream.uri(), builder -> builder.headers(() -> headers))) {
            answer(reconciler.readStack());
            headers = UpstreamHeaders.parse(List.of("Authorization: Bearer one", "Proxy-Authorization: none"));
            answer(reconciler.reconcile());
            headers = UpstreamHeaders.parse(List.of("Authorization: Bearer two"));
            answer(reconciler.reconcile());

            assertEquals(Optional.empty(), upstream.next().header("authorization"));
            RawUpstream.Request second = upstream.next();
            assertEquals(Optional.of("Bearer one"), second.header("authorization"));
            assertEquals(Optional.empty(), second.header("proxy-authorization"));
            assertEquals(Optional.of("Bearer two"), upstream.next().header("authorization"));
        }
    }

    @Test
    void aWrongCredentialIsNamedByTheStatus() throws Exception {
        headers = UpstreamHeaders.parse(List.of("Authorization: Bearer hunter2"));
        try (RawUpstream upstream = RawUpstream.start(request ->
                        request.sendJson(401, "{\"error\":{\"code\":\"no\",\"message\":\"hunter2 is wrong\"}}"));
                TestReconciler reconciler = reconciler(
                        upstream.uri(),
                        builder -> builder.headers(() -> headers).exposeUpstreamMessages())) {
            ReconcileException failure = failure(reconciler.readStack());

            assertEquals("The upstream answered 401 no: *** is wrong", failure.message());
            assertEquals(Optional.of("HTTP 401 Unauthorized"), failure.reason());
        }
    }

    @Test
    void bothSidesPresentACertificateAndANewOneIsPresentedOnANewConnection() throws Exception {
        TestCertificate server = TestCertificate.make(directory, "server", "EC");
        TestCertificate client = TestCertificate.make(directory, "client", "EC");
        SSLContext first = context(client, server);
        context = first;
        try (RawUpstream upstream = RawUpstream.startSecure(wellAnswered(), context(server, client));
                TestReconciler reconciler = reconciler(upstream.uri(), builder -> builder.sslContext(() -> context))) {
            answer(reconciler.readStack());
            answer(reconciler.reconcile());
            RawUpstream.Request one = upstream.next();
            assertSame(one.connection(), upstream.next().connection(), "kept alive");

            context = context(client, server);
            answer(reconciler.reconcile());
            assertNotSame(one.connection(), upstream.next().connection(), "opened with the new context");
            assertNotEquals(first, context);
        }
    }

    @Test
    void anUpstreamWithAnotherCertificateIsNotAsked() throws Exception {
        TestCertificate server = TestCertificate.make(directory, "server", "EC");
        TestCertificate other = TestCertificate.make(directory, "other", "EC");
        context = context(other, other);
        try (RawUpstream upstream = RawUpstream.startSecure(wellAnswered(), context(server, other));
                TestReconciler reconciler = reconciler(upstream.uri(), builder -> builder.sslContext(() -> context))) {
            ReconcileException failure = failure(reconciler.readStack());

            assertEquals("The connection to the upstream failed.", failure.message());
            assertEquals(Optional.of("TLS failed"), failure.reason());
            assertEquals(0, upstream.requestCount());
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        TestCertificate server = TestCertificate.make(directory, "server", "EC");
        context = context(server, server);
        try (RawUpstream upstream = RawUpstream.startSecure(wellAnswered(), context(server, server));
                TestReconciler reconciler = reconciler(
                        URI.create("https://127.0.0.2:" + upstream.uri().getPort()),
                        builder -> builder.sslContext(() -> context))) {
            // The upstream listens on one address only; the tunnel below leads another name to it.
            assertEquals(
                    Optional.of("connection refused"),
                    failure(reconciler.readStack()).reason());
        }
        try (RawUpstream upstream = RawUpstream.startSecure(wellAnswered(), context(server, server));
                TestProxy proxy = TestProxy.start(upstream.uri().getPort());
                TestReconciler reconciler = reconciler(
                        URI.create("https://elsewhere.example"),
                        builder -> builder.sslContext(() -> context).proxy(proxy.uri()))) {
            assertEquals(
                    Optional.of("TLS failed"), failure(reconciler.readStack()).reason());
            assertEquals(
                    "CONNECT elsewhere.example:443 HTTP/1.1", proxy.nextHead().get(0));
        }
    }

    @Test
    void aProxyIsAskedForATunnelToAnUpstreamWithTls() throws Exception {
        TestCertificate both = TestCertificate.make(directory, "both", "EC");
        context = context(both, both);
        headers = UpstreamHeaders.parse(List.of("Authorization: upstreams", "Proxy-Authorization: proxys"));
        try (RawUpstream upstream = RawUpstream.startSecure(wellAnswered(), context(both, both));
                TestProxy proxy = TestProxy.start(upstream.uri().getPort());
                TestReconciler reconciler = reconciler(
                        upstream.uri(),
                        builder -> builder.sslContext(() -> context)
                                .headers(() -> headers)
                                .proxy(proxy.uri()))) {
            answer(reconciler.readStack());
            answer(reconciler.reconcile());

            List<String> head = proxy.nextHead();
            String authority = upstream.uri().getAuthority();
            assertEquals(
                    List.of("CONNECT " + authority + " HTTP/1.1", "host: " + authority, "proxy-authorization: proxys"),
                    head);
            RawUpstream.Request request = upstream.next();
            assertEquals(Optional.of("upstreams"), request.header("authorization"));
            assertEquals(Optional.empty(), request.header("proxy-authorization"));
            assertEquals(1, proxy.tunnels());
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (RawUpstream proxy = RawUpstream.start(request -> request.send(
                        "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 5\r\n\r\nhello"));
                TestReconciler reconciler =
                        reconciler(URI.create("https://elsewhere.example"), builder -> builder.proxy(proxy.uri()))) {
            ReconcileException failure = failure(reconciler.readStack());

            assertEquals("The connection to the upstream failed.", failure.message());
            assertEquals(Optional.of("proxy: HTTP 407 Proxy Authentication Required"), failure.reason());
        }
    }

    @Test
    void aProxyGetsTheWholeUrlForAnUpstreamWithoutTls() throws Exception {
        headers = UpstreamHeaders.parse(List.of("Proxy-Authorization: proxys"));
        try (RawUpstream proxy = RawUpstream.start(wellAnswered());
                TestReconciler reconciler = reconciler(
                        URI.create("http://elsewhere.example:8080/base"),
                        builder -> builder.headers(() -> headers).proxy(proxy.uri()))) {
            answer(reconciler.readStack());
            RawUpstream.Request request = proxy.next();

            assertEquals("http://elsewhere.example:8080/base/api/stacks/rig-stack", request.target());
            assertEquals(Optional.of("elsewhere.example:8080"), request.header("host"));
            assertEquals(Optional.of("proxys"), request.header("proxy-authorization"));
        }
    }

    /** A context of one side, which presents one certificate and trusts another. */
    private static SSLContext context(TestCertificate own, TestCertificate trusted) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("trusted", trusted.certificate());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}
