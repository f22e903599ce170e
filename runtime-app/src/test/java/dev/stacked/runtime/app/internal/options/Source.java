package dev.stacked.runtime.app.internal.options;

import java.util.Locale;

/** The ways to set an option. */
enum Source {
    COMMAND_LINE {
        @Override
        OptionsFixture set(OptionsFixture invocation, String option, String value) {
            return invocation.args(option, value);
        }
    },
    COMMAND_LINE_WITH_EQUALS_SIGN {
        @Override
        OptionsFixture set(OptionsFixture invocation, String option, String value) {
            return invocation.args(option + "=" + value);
        }
    },
    ENVIRONMENT {
        @Override
        OptionsFixture set(OptionsFixture invocation, String option, String value) {
            return invocation.env(variable(option), value);
        }

        @Override
        String place(OptionsFixture invocation, String option) {
            return " (environment variable " + variable(option) + ")";
        }
    },
    FILE {
        @Override
        OptionsFixture set(OptionsFixture invocation, String option, String value) {
            return invocation.file("# a file\n\n" + option.substring(2) + " = " + value + "\n");
        }

        @Override
        String place(OptionsFixture invocation, String option) {
            return " (key '%s' in %s, line 3)".formatted(option.substring(2), invocation.file());
        }
    };

    abstract OptionsFixture set(OptionsFixture invocation, String option, String value);

    /** What a complaint says of where the value stands: nothing of the command line. */
    String place(OptionsFixture invocation, String option) {
        return "";
    }

    private static String variable(String option) {
        return "RUNTIME_" + option.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
