package dev.stacked.runtime.app.options;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in our words what picocli found wrong. */
final class Complaint {
    private Complaint() {}

    /** @param fallbacks what may have set an option whose value is wrong */
    static InvalidOptionsException about(ParameterException problem, Fallbacks fallbacks) {
        if (problem.getCause() instanceof TypeConversionException broken) {
            String option = name(problem.getArgSpec());
            Setting onCommandLine = Setting.onCommandLine(option, problem.getValue());
            return fallbacks.find(option).orElse(onCommandLine).breaks(String.valueOf(broken.getMessage()));
        }
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (problem instanceof MissingParameterException missing) {
            return new InvalidOptionsException(name(missing.getMissing().get(0)) + " must be followed by a value.");
        }
        if (problem instanceof OverwrittenOptionException repeated) {
            return new InvalidOptionsException(name(repeated.getOverwritten()) + " must be given only once.");
        }
        return new InvalidOptionsException(String.valueOf(problem.getMessage()));
    }

    private static InvalidOptionsException unknown(UnmatchedArgumentException unmatched) {
        String what = unmatched.isUnknownOption() ? "option" : "argument";
        return new InvalidOptionsException("Unknown %s '%s'; --help lists all options."
                .formatted(what, unmatched.getUnmatched().get(0)));
    }

    private static String name(ArgSpec option) {
        return ((OptionSpec) option).longestName();
    }
}
