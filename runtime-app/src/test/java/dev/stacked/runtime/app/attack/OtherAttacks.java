package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;

/** Attacks over HTTP/1.1, WebSockets, and plain TCP and TLS. */
final class OtherAttacks {
    private static final EnumSet<Listener> PLAIN = EnumSet.of(Listener.PLAIN);
    private static final EnumSet<Listener> TLS = EnumSet.of(Listener.TLS);
    private static final EnumSet<Listener> BOTH = EnumSet.allOf(Listener.class);
    private static final int BATCH = 50;
    private static final int SLOW_MILLIS = 500;

    /** A masked WebSocket frame with the mask 0: the first byte of a text. */
    private static final byte[] TEXT_BEGINS = {0x01, (byte) 0x81, 0, 0, 0, 0, 'a'};
    /** Another byte of the text. */
    private static final byte[] TEXT_GOES_ON = {0x00, (byte) 0x81, 0, 0, 0, 0, 'a'};
    /** An empty fragment of the text. */
    private static final byte[] NOTHING_MORE = {0x00, (byte) 0x80, 0, 0, 0, 0};

    private static final byte[] WEB_SOCKET_PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

    /** The header of a TLS record of 512 bytes, and the first bytes of its ClientHello. */
    private static final byte[] PART_OF_CLIENT_HELLO = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    private OtherAttacks() {}

    static List<Attack> all() {
        return List.of(
                Attack.on(BOTH, "no attack", 1, arena -> arena.pause(SLOW_MILLIS)),
                Attack.on(BOTH, "HTTP/1.1 pipelining without reading", 20, OtherAttacks::pipeline)
                        .with(Attack.Trait.SHORT_FORM_ON_TLS_ONLY)
                        .with(Attack.Trait.MUST_BE_CUT_OFF),
                Attack.on(PLAIN, "slow heads", 1, OtherAttacks::slowHeads).with(Attack.Trait.MUST_BE_CUT_OFF),
                Attack.on(PLAIN, "slow bodies", 1, OtherAttacks::slowBodies).with(Attack.Trait.MUST_BE_CUT_OFF),
                Attack.on(PLAIN, "WebSocket one-byte fragments", 10, arena -> fragments(arena, TEXT_GOES_ON)),
                Attack.on(PLAIN, "WebSocket message without end", 10, arena -> fragments(arena, NOTHING_MORE)),
                Attack.on(PLAIN, "WebSocket PING flood", 4, OtherAttacks::webSocketPings),
                Attack.on(TLS, "half-open TLS handshakes", 1, OtherAttacks::halfOpen)
                        .with(Attack.Trait.MUST_BE_CUT_OFF),
                Attack.on(BOTH, "idle connections", 1, OtherAttacks::idle));
    }

    private static void pipeline(Arena arena) throws IOException {
        String requests = arena.requests().withoutToken().http1(Requests.FILE).repeat(BATCH);
        Wire wire = arena.connect();
        while (arena.goesOn()) {
            wire.send(requests);
            arena.sent(BATCH);
        }
    }

    private static void slowHeads(Arena arena) throws IOException {
        String head = arena.requests().head("GET", Requests.FILE) + "X-Slow: ";
        slowly(arena, connections(arena, head));
    }

    private static void slowBodies(Arena arena) throws IOException {
        String head = arena.requests().head("POST", Requests.REFRESH) + "Content-Length: 100000\r\n\r\n";
        slowly(arena, connections(arena, head));
    }

    /** Connections with an incomplete request. */
    private static List<Wire> connections(Arena arena, String begin) throws IOException {
        int count = arena.length().pick(100, 400);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count && arena.goesOn(); i++) {
            Wire wire = arena.connect();
            wire.send(begin);
            wires.add(wire);
        }
        return wires;
    }

    /** One byte at a time, until the server closes each connection. */
    private static void slowly(Arena arena, List<Wire> wires) {
        while (arena.goesOn() && !wires.isEmpty()) {
            for (Iterator<Wire> each = wires.iterator(); each.hasNext() && arena.goesOn(); ) {
                Wire wire = each.next();
                try {
                    wire.send("a");
                    arena.sent(1);
                } catch (IOException e) {
                    arena.wasCutOff(wire);
                    each.remove();
                }
            }
            arena.pause(SLOW_MILLIS);
        }
    }

    private static void fragments(Arena arena, byte[] following) throws IOException {
        Wire wire = webSocket(arena);
        arena.drain(wire);
        wire.send(TEXT_BEGINS);
        byte[] frames = Http2.repeat(following, BATCH);
        while (arena.goesOn()) {
            wire.send(frames);
            arena.sent(BATCH);
        }
    }

    /** Requests whose responses are not read. */
    private static void webSocketPings(Arena arena) throws IOException {
        Wire wire = webSocket(arena);
        byte[] frames = Http2.repeat(WEB_SOCKET_PING, BATCH);
        while (arena.goesOn()) {
            wire.send(frames);
            arena.sent(BATCH);
        }
    }

    private static Wire webSocket(Arena arena) throws IOException {
        Wire wire = arena.connect();
        wire.send(arena.requests().webSocket());
        return wire;
    }

    private static void halfOpen(Arena arena) throws IOException {
        int count = arena.length().pick(200, 1_000);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count && arena.goesOn(); i++) {
            Wire wire = arena.connectWithoutHandshake();
            wire.send(PART_OF_CLIENT_HELLO);
            arena.sent(1);
            wires.add(wire);
        }
        awaitEnds(arena, wires);
    }

    private static void idle(Arena arena) throws IOException {
        int count = arena.length().pick(500, 5_000);
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count && arena.goesOn(); i++) {
            wires.add(arena.connectWithoutHandshake());
            arena.sent(1);
        }
        awaitEnds(arena, wires);
    }

    private static void awaitEnds(Arena arena, List<Wire> wires) throws IOException {
        while (arena.goesOn() && !wires.isEmpty()) {
            for (Wire wire : List.copyOf(wires)) {
                if (wire.hasEnded()) {
                    arena.wasCutOff(wire);
                    wires.remove(wire);
                }
            }
            arena.pause(SLOW_MILLIS);
        }
    }
}
