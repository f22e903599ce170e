package dev.stacked.runtime.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits.
 *
 * @param first any address of the network
 * @param bits how many bits count, from the left
 */
record IpNetwork(InetAddress first, int bits) {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final Pattern LITERAL = Pattern.compile(IPV4 + "|(?=.*:)[0-9a-fA-F:]{2,39}(?:" + IPV4 + ")?");

    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

    /** @throws IllegalArgumentException if this is no network */
    static IpNetwork parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "A network is an IP address, or one with a prefix such as 10.0.0.0/8; it is '" + text + "'."));
    }

    static Optional<IpNetwork> tryParse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return address(form.group(1)).flatMap(address -> {
            int most = address.getAddress().length * Byte.SIZE;
            int bits = form.group(2) == null ? most : Integer.parseInt(form.group(2));
            return bits > most ? Optional.empty() : Optional.of(new IpNetwork(address, bits));
        });
    }

    /** Reads an address; names are not looked up. */
    static Optional<InetAddress> address(String text) {
        if (!isLiteral(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this looks like an address so much that no resolver is asked for it: four bytes with dots, even one of 256
     * would be looked up as a name, or hexadecimal digits with a colon, which no name has.
     */
    static boolean isLiteral(String text) {
        return LITERAL.matcher(text).matches();
    }

    boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
