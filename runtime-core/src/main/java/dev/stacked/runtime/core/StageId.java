package dev.stacked.runtime.core;

/**
 * Names a stage within its stack, exactly as the upstream wrote it.
 *
 * @param value free text of 1 to 200 characters (code points) without control characters
 */
public record StageId(String value) {
    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the value is blank, too long or holds control characters
     */
    public StageId {
        Identifiers.requireValid("Stage id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
