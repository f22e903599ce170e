package dev.stacked.runtime.app.internal.options;

import java.util.List;

/** The request of a command line. */
public sealed interface Invocation {
    /**
     * To serve.
     *
     * @param options how
     * @param ignoredVariables names of environment variables that begin like an option's, but name none
     */
    record Serve(AppOptions options, List<String> ignoredVariables) implements Invocation {
        /** Copies the list. */
        public Serve {
            ignoredVariables = List.copyOf(ignoredVariables);
        }
    }

    /**
     * To print something and nothing else.
     *
     * @param text the help or the version, without a final line end
     */
    record Inform(String text) implements Invocation {}
}
