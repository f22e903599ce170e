package dev.stacked.runtime.app;

import dev.stacked.runtime.app.log.LogOutput;
import java.io.PrintStream;

/** The command. */
public final class Main {
    private Main() {}

    /**
     * Runs the app until the process is told to stop.
     *
     * @param args options; {@code --help} lists them
     */
    public static void main(String[] args) {
        try {
            RuntimeApp.run(args);
        } catch (NotStartedException reason) {
            PrintStream stream = reason.exitCode() == 0 ? System.out : System.err;
            LogOutput.flush();
            stream.println(reason.text());
            System.exit(reason.exitCode());
        }
    }
}
