package dev.stacked.runtime.app;

/** The command. */
public final class Main {
    private Main() {}

    /**
     * Runs the app until the process is terminated.
     *
     * @param args options; {@code --help} lists them
     */
    public static void main(String[] args) {
        RuntimeApp.main(args);
    }
}
