package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * One attack.
 *
 * @param connections how many attackers work at a time
 * @param body what one attacker does, over and over until the time is over
 */
record Attack(String name, Set<Listener> listeners, int connections, Set<Trait> traits, Body body) {
    /** How an attack differs from others. */
    enum Trait {
        /** Its connections live on while the server is examined afterwards. */
        LIVES_ON,
        /** In the long form the server itself must end the connections. */
        MUST_BE_CUT_OFF,
        /** In the short form it is tried over TLS alone, although it works on both. */
        SHORT_FORM_ON_TLS_ONLY
    }

    /** What one attacker does. */
    interface Body {
        /** Connects and attacks. Returns or throws when the server has ended the connection, or the time is over. */
        void attack(Arena arena) throws IOException;
    }

    static Attack on(Set<Listener> listeners, String name, int connections, Body body) {
        return new Attack(name, listeners, connections, EnumSet.noneOf(Trait.class), body);
    }

    Attack with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return new Attack(name, listeners, connections, more, body);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    boolean isPartOf(Length length, Listener listener) {
        return listeners.contains(listener)
                && (length == Length.LONG || listener == Listener.TLS || !has(Trait.SHORT_FORM_ON_TLS_ONLY));
    }

    @Override
    public String toString() {
        return name;
    }
}
