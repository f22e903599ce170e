package dev.stacked.runtime.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedHostsTest {
    private final AllowedHosts hosts = AllowedHosts.loopbackAnd(List.of("Board.Example", "192.0.2.7", "2001:DB8::7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "app.localhost:1",
                "127.0.0.1",
                "127.9.9.9:8080",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]"
            })
    void loopbackNamesAreAllowed(String header) {
        assertTrue(hosts.allows(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "board.example",
                "BOARD.example:443",
                "board.example.",
                "192.0.2.7:80",
                "[2001:db8:0:0::7]",
                "[2001:db8::7]:8080"
            })
    void listedNamesAreAllowed(String header) {
        assertTrue(hosts.allows(header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "board.example.evil.example",
                "x.board.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "notlocalhost",
                "0.0.0.0",
                "[::]",
                "192.0.2.70",
                "2130706433",
                "0x7f000001",
                "[localhost",
                "localhost@evil.example",
                ""
            })
    void otherNamesAreNot(String header) {
        assertFalse(hosts.allows(header));
    }

    @Test
    void aRequestWithoutAHostIsNoPages() {
        assertTrue(hosts.allows(null));
    }

    @Test
    void everyNameMayBeAllowed() {
        assertTrue(AllowedHosts.any().allows("evil.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "board.example:443", "https://board.example", "*.example", "a b"})
    void whatIsNoNameCannotBeListed(String name) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> AllowedHosts.loopbackAnd(List.of(name)));
        assertEquals(
                "An allowed host is a host name or an IP address without a port; it is '" + name + "'.",
                refusal.getMessage());
    }
}
