package dev.stacked.runtime.reconcile.http;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Looks up host names as the JVM does, on a thread that may block. The default of Netty blocks the event loop. */
final class HostLookup extends AddressResolverGroup<InetSocketAddress> {
    private final Executor lookups;

    HostLookup(Executor lookups) {
        this.lookups = lookups;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new Names(loop).asAddressResolver();
    }

    private final class Names extends InetNameResolver {
        Names(EventExecutor loop) {
            super(loop);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> address) throws UnknownHostException {
            byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
            if (literal != null) {
                address.setSuccess(InetAddress.getByAddress(host, literal));
            } else {
                lookUp(host, address);
            }
        }

        private void lookUp(String host, Promise<InetAddress> address) {
            try {
                lookups.execute(() -> {
                    try {
                        address.trySuccess(InetAddress.getByName(host));
                    } catch (UnknownHostException
                            | RuntimeException e) { // otherwise the attempt would wait for its timeout
                        address.tryFailure(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                address.tryFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> addresses) {
            throw new UnsupportedOperationException("One address is enough.");
        }
    }
}
