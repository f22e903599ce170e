package dev.stacked.runtime.app.admin;

/** Whether new clients should be sent here. Thread-safe. */
public final class Readiness {
    /** How far the server's life has come. */
    public enum Phase {
        /** It does not listen yet. */
        STARTING("starting"),
        /** It takes new streams. */
        READY("ready"),
        /** It was told to stop: new streams are refused. */
        DRAINING("draining");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        /** The phase as it is shown. */
        public String word() {
            return word;
        }
    }

    private Phase phase = Phase.STARTING;

    /** The server listens. Nothing happens if it was told to stop before. */
    public synchronized void serving() {
        if (phase == Phase.STARTING) {
            phase = Phase.READY;
        }
    }

    /** The server was told to stop. There is no way back. */
    public synchronized void draining() {
        phase = Phase.DRAINING;
    }

    /** The present phase. */
    public synchronized Phase phase() {
        return phase;
    }
}
