package dev.stacked.runtime.core;

/**
 * Names a stack. Surrounding white space does not belong to the id and is removed.
 *
 * @param value free text of 1 to 200 characters (code points) without control characters
 */
public record StackId(String value) {
    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if the value is blank, too long or holds control characters
     */
    public StackId {
        value = Identifiers.requireValid("Stack id", value.strip());
    }

    @Override
    public String toString() {
        return value;
    }
}
