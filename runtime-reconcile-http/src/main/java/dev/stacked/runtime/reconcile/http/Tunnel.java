package dev.stacked.runtime.reconcile.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks a proxy for a tunnel to the upstream, and leaves the connection to others when it stands. */
@SuppressWarnings("FutureReturnValueIgnored") // the end of a channel is reported to its handler
final class Tunnel extends SimpleChannelInboundHandler<HttpObject> {
    private final Origin origin;
    private final UpstreamHeaders headers;
    private final Promise<?> opened;
    private final Runnable ready;
    private final HttpResponseDecoder decoder = new AnswerDecoder();
    private int status;

    private Tunnel(Origin origin, UpstreamHeaders headers, Promise<?> opened, Runnable ready) {
        this.origin = origin;
        this.headers = headers;
        this.opened = opened;
        this.ready = ready;
    }

    /**
     * Prepares a connection to a proxy.
     *
     * @param headers all request headers; the proxy gets those for the proxy
     * @param opened fails if there will be no tunnel
     * @param ready runs when the tunnel stands
     */
    static void through(Channel toProxy, Origin origin, UpstreamHeaders headers, Promise<?> opened, Runnable ready) {
        Tunnel tunnel = new Tunnel(origin, headers, opened, ready);
        toProxy.pipeline().addLast(tunnel.decoder).addLast(tunnel);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        String authority = origin.hostAndPort();
        ByteBuf request = context.alloc().ioBuffer();
        request.writeCharSequence(
                "CONNECT " + authority + " HTTP/1.1\r\nhost: " + authority + "\r\n", StandardCharsets.US_ASCII);
        request.writeBytes(headers.forProxy());
        request.writeCharSequence("\r\n", StandardCharsets.US_ASCII);
        context.writeAndFlush(request, context.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            opened.tryFailure(new IOException(
                    "The answer of the proxy is no HTTP.", part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpResponse response) {
            status = response.status().code();
        }
        if (part instanceof LastHttpContent) {
            answered(context);
        }
    }

    private void answered(ChannelHandlerContext context) {
        HttpStatusClass kind = HttpStatusClass.valueOf(status);
        if (kind == HttpStatusClass.SUCCESS) {
            context.pipeline().remove(this);
            context.pipeline().remove(decoder);
            ready.run();
        } else if (kind != HttpStatusClass.INFORMATIONAL) {
            opened.tryFailure(new ProxyRefusedException(status));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        opened.tryFailure(new IOException("The proxy closed the connection."));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        opened.tryFailure(failure);
    }

    /** An answer to {@code CONNECT} has no body that matters, whatever it announces. */
    private static final class AnswerDecoder extends HttpResponseDecoder {
        AnswerDecoder() {
            super(new HttpDecoderConfig().setMaxHeaderSize(Connector.MAX_HEADER_BYTES));
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage answer) {
            return true;
        }
    }
}
