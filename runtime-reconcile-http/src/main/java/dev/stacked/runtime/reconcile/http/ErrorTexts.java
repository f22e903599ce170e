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
     * @param ours our own words
     * @param full our own words and the upstream's
     */
    String choose(String ours, String full) {
        return this == OURS ? ours : full;
    }
}
