package dev.stacked.runtime.app.attack;

/** The listener of the attacked server. */
enum Listener {
    /** HTTP/1.1, and HTTP/2 with prior knowledge. */
    PLAIN("http"),
    /** HTTP/1.1 and HTTP/2, chosen by ALPN. */
    TLS("https");

    private final String scheme;

    Listener(String scheme) {
        this.scheme = scheme;
    }

    String scheme() {
        return scheme;
    }

    @Override
    public String toString() {
        return this == PLAIN ? "plain" : "TLS";
    }
}
