package dev.stacked.runtime.app.options;

/** What a command line asks for. */
public sealed interface Invocation {
    /**
     * To serve.
     *
     * @param options how
     */
    record Serve(AppOptions options) implements Invocation {}

    /**
     * To be told something and nothing else.
     *
     * @param text the help or the version, without a final line end
     */
    record Inform(String text) implements Invocation {}
}
