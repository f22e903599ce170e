package dev.stacked.runtime.app.internal.log;

import org.slf4j.Logger;

/** Logs why files that are reloaded cannot be used, once for each reason. Not thread-safe. */
public final class ReloadLog {
    private final Logger log;
    private final String files;
    private final String kept;
    private String problem = "";

    /**
     * @param files the files, as the beginning of a sentence
     * @param kept the thing that stays in use meanwhile
     */
    public ReloadLog(Logger log, String files, String kept) {
        this.log = log;
        this.files = files;
        this.kept = kept;
    }

    /** The files can be used. */
    public void usable() {
        problem = "";
    }

    /** The files cannot be used. Logged at DEBUG if the reason is the same as the last time. */
    public void unusable(String reason) {
        if (reason.equals(problem)) {
            log.debug("{} still unusable: {}", files, reason);
        } else {
            problem = reason;
            log.warn("{} unusable, keeping the current {}: {}", files, kept, reason);
        }
    }
}
