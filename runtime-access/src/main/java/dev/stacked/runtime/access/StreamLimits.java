package dev.stacked.runtime.access;

/**
 * How many streams may be open at a time, counted in several ways, and how fast new ones may come. {@link #NONE} means
 * no limit.
 *
 * @param streams in all
 * @param stacks how many different stacks may be streamed
 * @param perStack of one stack
 * @param perPrincipal of one principal; those without a name are not counted
 * @param perAddress of one client address, or of one network of 64 bits in IPv6
 * @param newPerSecond how many new ones an address may open each second on average; ten seconds' worth may come at once
 */
public record StreamLimits(int streams, int stacks, int perStack, int perPrincipal, int perAddress, int newPerSecond) {
    /** No limit. */
    public static final int NONE = Integer.MAX_VALUE;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the limit that is below 1
     */
    public StreamLimits {
        requirePositive("streams", streams);
        requirePositive("stacks", stacks);
        requirePositive("perStack", perStack);
        requirePositive("perPrincipal", perPrincipal);
        requirePositive("perAddress", perAddress);
        requirePositive("newPerSecond", newPerSecond);
    }

    /** This many in all, and no other limit. */
    public static StreamLimits of(int streams) {
        return new StreamLimits(streams, NONE, NONE, NONE, NONE, NONE);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The limit " + name + " must be at least 1; it is " + value + ".");
        }
    }
}
