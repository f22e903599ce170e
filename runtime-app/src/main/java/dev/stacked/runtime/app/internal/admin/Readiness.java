package dev.stacked.runtime.app.internal.admin;

/** Whether this server accepts new clients. Thread-safe. */
public final class Readiness {
    /** Phases of the server's life. */
    public enum Phase {
        /** Not listening yet. */
        STARTING("starting"),
        /** Accepts new streams. */
        READY("ready"),
        /** Shutdown has begun: new streams are refused. */
        DRAINING("draining");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        /** The phase's name in responses. */
        public String word() {
            return word;
        }
    }

    private Phase phase = Phase.STARTING;

    /** The server is listening. Has no effect after {@link #draining}. */
    public synchronized void serving() {
        if (phase == Phase.STARTING) {
            phase = Phase.READY;
        }
    }

    /** Shutdown has begun. Final. */
    public synchronized void draining() {
        phase = Phase.DRAINING;
    }

    /** The current phase. */
    public synchronized Phase phase() {
        return phase;
    }
}
