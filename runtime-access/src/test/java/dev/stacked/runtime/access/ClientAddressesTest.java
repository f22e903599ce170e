package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressesTest {
    private final ClientAddresses addresses = new ClientAddresses(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

    private String client(String peer, String... forwardedFor) throws UnknownHostException {
        return addresses.of(InetAddress.getByName(peer), List.of(forwardedFor)).getHostAddress();
    }

    @Test
    void withoutAProxyItIsThePeer() throws Exception {
        assertEquals("203.0.113.9", client("203.0.113.9"));
        assertEquals("10.1.2.3", client("10.1.2.3"));
    }

    @Test
    void strangersAreNotTrusted() throws Exception {
        assertEquals("203.0.113.9", client("203.0.113.9", "198.51.100.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1                      | 198.51.100.1",
                "198.51.100.1, 10.9.9.9            | 198.51.100.1",
                "6.6.6.6, 198.51.100.1             | 198.51.100.1",
                "6.6.6.6, 198.51.100.1, 192.0.2.7  | 198.51.100.1",
                "10.6.6.6, 198.51.100.1            | 198.51.100.1",
                "198.51.100.1:8080                 | 198.51.100.1",
                "[2001:db8::1]:8080                | 2001:db8:0:0:0:0:0:1",
                "2001:db8::1                       | 2001:db8:0:0:0:0:0:1",
                "::ffff:198.51.100.1               | 198.51.100.1",
                "2001:db8::1, fd00::5              | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1                          | 10.0.0.1"
            })
    void nearestAddressThatIsNoTrustedProxyCounts(String forwardedFor, String expected) throws Exception {
        assertEquals(expected, client("10.1.2.3", forwardedFor));
    }

    @Test
    void severalHeadersAreOneList() throws Exception {
        assertEquals("198.51.100.1", client("10.1.2.3", "6.6.6.6", "198.51.100.1, 10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.5", "[", "::1%lo", ","})
    void whatIsNoAddressIsNotLookedUp(String forwardedFor) throws Exception {
        assertEquals("10.1.2.3", client("10.1.2.3", "6.6.6.6," + forwardedFor));
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.255,true",
        "0.0.0.0,true",
        "1.2.3.256,false",
        "999.1.1.1,false",
        "1.2.3,false",
        "fe,false",
        "::,true",
        "::ffff:1.2.3.4,true",
        "::ffff:1.2.3.256,false"
    })
    void onlyWhatNoResolverIsAskedForIsReadAsAnAddress(String text, boolean expected) {
        assertEquals(expected, IpNetwork.isLiteral(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "::/129", "localhost", "10.0.0.0/", "/8", "10.0.0.0/8/8", "", "10.0.0/8"})
    void whatIsNoNetworkIsRefused(String text) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new ClientAddresses(List.of(text)));

        assertTrue(String.valueOf(refusal.getMessage()).contains("'" + text + "'"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,2001:db8::1,false",
        "192.0.2.128/25,192.0.2.129,true",
        "192.0.2.128/25,192.0.2.127,false",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false"
    })
    void networkHoldsWhatBeginsWithItsBits(String network, String address, boolean expected) throws Exception {
        assertEquals(expected, IpNetwork.parse(network).contains(InetAddress.getByName(address)));
    }
}
