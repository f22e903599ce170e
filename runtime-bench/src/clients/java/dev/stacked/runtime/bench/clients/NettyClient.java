package dev.stacked.runtime.bench.clients;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Netty's channels and HTTP codec without a client around them: idle connections are a stack per event loop. */
final class NettyClient implements Client {
    private final boolean shared;
    private final URI base;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final Map<EventLoop, Deque<Connection>> idle = new HashMap<>();

    NettyClient(URI base, boolean shared) {
        this.base = base;
        this.shared = shared;
        group.forEach(loop -> idle.put((EventLoop) loop, new ArrayDeque<>()));
    }

    @Override
    public CompletionStage<byte[]> call(String method, String path) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        EventLoop loop = own();
        if (loop == null) {
            EventLoop next = group.next();
            next.execute(() -> send(next, method, path, answer));
        } else {
            send(loop, method, path, answer);
        }
        return answer;
    }

    private EventLoop own() {
        for (EventLoop loop : idle.keySet()) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return null;
    }

    private void send(EventLoop loop, String method, String path, CompletableFuture<byte[]> answer) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), path, Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, base.getAuthority())
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set("traceparent", TRACE);
        if (method.equals("POST")) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        Connection connection = idle.get(loop).pollFirst();
        if (connection != null) {
            connection.send(request, answer);
            return;
        }
        Connection opened = new Connection(idle.get(loop));
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(1 << 20))
                                .addLast(opened);
                    }
                })
                .connect(base.getHost(), base.getPort());
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                opened.channel = connecting.channel();
                opened.send(request, answer);
            } else {
                answer.completeExceptionally(done.cause());
            }
        });
    }

    private static final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final Deque<Connection> idle;
        private Channel channel;
        private CompletableFuture<byte[]> answer;
        private Future<?> timer;

        Connection(Deque<Connection> idle) {
            this.idle = idle;
        }

        void send(FullHttpRequest request, CompletableFuture<byte[]> awaited) {
            answer = awaited;
            timer = channel.eventLoop().schedule(() -> channel.close(), TIMEOUT_SECONDS, TimeUnit.SECONDS);
            channel.writeAndFlush(request, channel.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            CompletableFuture<byte[]> awaited = answer;
            timer.cancel(false);
            if (HttpUtil.isKeepAlive(response)) {
                idle.addFirst(this);
            } else {
                context.close();
            }
            awaited.complete(ByteBufUtil.getBytes(response.content()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            idle.remove(this);
            answer.completeExceptionally(new IOException("closed"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            answer.completeExceptionally(failure);
            context.close();
        }
    }

    @Override
    public List<ScheduledExecutorService> loops() {
        if (!shared) {
            return Client.super.loops();
        }
        List<ScheduledExecutorService> loops = new ArrayList<>();
        group.forEach(loops::add);
        return loops;
    }

    @Override
    public boolean answersOnLoop() {
        return shared;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
