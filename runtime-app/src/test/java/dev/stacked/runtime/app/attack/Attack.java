package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * One attack.
 *
 * @param connections number of concurrent attackers
 * @param body the actions of one attacker, repeated until the time is over
 */
record Attack(String name, Set<Listener> listeners, int connections, Set<Trait> traits, Body body) {
    /** Special properties of an attack. */
    enum Trait {
        /** Its connections stay open while the server is examined afterwards. */
        LIVES_ON,
        /** In the long form the server itself must close the connections. */
        MUST_BE_CUT_OFF,
        /** In the short form it runs only over TLS, although it works on both listeners. */
        SHORT_FORM_ON_TLS_ONLY
    }

    /** The actions of one attacker. */
    interface Body {
        /** Connects and attacks. Returns or throws when the server has closed the connection, or the time is over. */
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
