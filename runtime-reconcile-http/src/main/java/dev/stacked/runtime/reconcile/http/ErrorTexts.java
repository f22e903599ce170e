package dev.stacked.runtime.reconcile.http;

/** Whether clients get the upstream's words, which may hold addresses, paths and other things that are not for them. */
enum ErrorTexts {
    /** Clients get our words and the status; the upstream's words go to the log. */
    OURS,
    /** Clients get the upstream's words too. */
    UPSTREAMS;

    /**
     * The message for clients.
     *
     * @param ours without a word of the upstream
     * @param full with them
     */
    String choose(String ours, String full) {
        return this == OURS ? ours : full;
    }
}
