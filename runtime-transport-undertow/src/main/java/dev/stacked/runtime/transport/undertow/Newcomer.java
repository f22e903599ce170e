package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.core.StackId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to open a stream, as far as limits are concerned.
 *
 * @param stack what is to be streamed
 * @param principal who asks; null for someone without a name
 * @param address where the request comes from. In IPv6 it stands for its network of 64 bits, as every customer of a
 *     provider has all addresses of at least one
 */
record Newcomer(StackId stack, @Nullable String principal, InetAddress address) {
    private static final int NETWORK_BYTES = 8;

    Newcomer {
        address = network(address);
    }

    /** The address, in IPv6 its /64 network. */
    static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of 16 bytes is always valid.", e);
        }
    }
}
