package dev.stacked.runtime.access;

import dev.stacked.runtime.core.StackId;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request for a stream, as far as limits are concerned.
 *
 * @param stack the stack to stream
 * @param principal the client's name; null if it has none
 * @param address the client's address. In IPv6 it stands for its network of 64 bits, as every customer of a provider
 *     has all addresses of at least one
 */
public record AdmissionRequest(StackId stack, @Nullable String principal, InetAddress address) {
    private static final int NETWORK_BYTES = 8;

    /** Replaces an IPv6 address by its network. */
    public AdmissionRequest {
        address = network(address);
    }

    /** The address, in IPv6 its /64 network: the clients that limits count as one. */
    public static InetAddress network(InetAddress address) {
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
