package dev.stacked.runtime.app.options;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
public final class AppVersion implements IVersionProvider {
    /** The name and the version, such as {@code runtime-app 1.2.3}. */
    public static String text() {
        String version = AppVersion.class.getPackage().getImplementationVersion();
        return "runtime-app " + Objects.requireNonNullElse(version, "(not packaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
