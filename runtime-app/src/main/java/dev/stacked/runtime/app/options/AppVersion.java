package dev.stacked.runtime.app.options;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version as the jar's manifest has it. */
final class AppVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = AppVersion.class.getPackage().getImplementationVersion();
        return new String[] {"runtime-app " + Objects.requireNonNullElse(version, "(not packaged)")};
    }
}
