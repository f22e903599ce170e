package dev.stacked.runtime.app.attack;

import java.time.Duration;

/** Length of the suite: the short form runs in every build, the long one in the profile {@code attack}. */
enum Length {
    SHORT(Duration.ofMillis(1500)),
    LONG(Duration.ofSeconds(12));

    private static final String PROPERTY = "attack.length";

    private final Duration attack;

    Length(Duration attack) {
        this.attack = attack;
    }

    /** The length set by the build. */
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
