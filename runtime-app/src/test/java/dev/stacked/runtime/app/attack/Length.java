package dev.stacked.runtime.app.attack;

import java.time.Duration;

/** How long the suite attacks: the short form is part of every build, the long one of the profile {@code attack}. */
enum Length {
    SHORT(Duration.ofMillis(1500)),
    LONG(Duration.ofSeconds(12));

    private static final String PROPERTY = "attack.length";

    private final Duration attack;

    Length(Duration attack) {
        this.attack = attack;
    }

    /** The length that the build asks for. */
    static Length ofThisBuild() {
        return System.getProperty(PROPERTY, "short").equals("long") ? LONG : SHORT;
    }

    /** Duration of one attack. */
    Duration attack() {
        return attack;
    }

    int pick(int whenShort, int whenLong) {
        return this == SHORT ? whenShort : whenLong;
    }
}
