package dev.stacked.runtime.reconcile.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Opens connections to one upstream, directly or through a proxy. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // listeners see the outcome
final class Connector {
    static final int MAX_HEADER_BYTES = 64 * 1024;

    private final Origin origin;
    private final @Nullable Origin proxy;
    private final Supplier<SSLContext> tls;
    private final Supplier<UpstreamHeaders> headers;
    private final HostLookup lookup;

    /**
     * @param proxy an HTTP proxy; null to connect directly
     * @param tls the context for new connections, for an upstream with TLS
     * @param headers those of the proxy go with {@code CONNECT}
     */
    Connector(
            Origin origin,
            @Nullable Origin proxy,
            Supplier<SSLContext> tls,
            Supplier<UpstreamHeaders> headers,
            Executor lookups) {
        this.origin = origin;
        this.proxy = proxy;
        this.tls = tls;
        this.headers = headers;
        this.lookup = new HostLookup(lookups);
    }

    /** The context for new connections; null without TLS. */
    @Nullable
    SSLContext tls() {
        return origin.isSecure() ? tls.get() : null;
    }

    /**
     * Opens a connection. It can be used at once: bytes that are sent during a TLS handshake wait for its end.
     *
     * @return cancelling it closes the connection
     */
    Promise<Connection> open(EventLoop loop, ConnectionPool pool) {
        Promise<Connection> opened = loop.newPromise();
        SSLContext context = tls();
        Origin first = proxy == null ? origin : proxy;
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .resolver(lookup)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // an attempt has a time limit of its own
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (proxy != null && context != null) {
                            Tunnel.through(
                                    channel, origin, headers.get(), opened, () -> use(channel, pool, context, opened));
                        }
                    }
                })
                .connect(InetSocketAddress.createUnresolved(first.host(), first.port()));
        Channel channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                opened.tryFailure(done.cause());
            } else if (proxy == null || context == null) {
                use(channel, pool, context, opened);
            }
        });
        opened.addListener(done -> {
            if (!done.isSuccess()) {
                channel.close();
            }
        });
        return opened;
    }

    private void use(Channel channel, ConnectionPool pool, @Nullable SSLContext context, Promise<Connection> opened) {
        Connection connection = new Connection(pool, channel, context);
        if (context != null) {
            SslHandler handler = new SslHandler(engine(context));
            handler.setHandshakeTimeoutMillis(0); // an attempt has a time limit of its own
            channel.pipeline().addLast(handler);
        }
        channel.pipeline()
                .addLast(new HttpResponseDecoder(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES)))
                .addLast(connection);
        opened.trySuccess(connection);
    }

    private SSLEngine engine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }
}
