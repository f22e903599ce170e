package dev.stacked.runtime.seeded;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values in which the edge cases are frequent. The same state of the random generator gives the same values. */
public final class Draw {
    /** The ends of each range of code points with a UTF-8 or UTF-16 form of its own, and the white space of the web. */
    private static final List<Integer> EDGES = List.of(
            0x0, 0x9, 0xa, 0xd, 0x20, 0x25, 0x2b, 0x2f, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00,
            0xdfff, 0xe000, 0xfeff, 0xfffe, 0xffff, 0x10000, 0x10ffff);

    private Draw() {}

    /** Returns one of the values, each as likely as the others. */
    public static <T> T of(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns null in three cases of ten, else a value. */
    public static <T> @Nullable T absentOr(Random random, Function<Random, T> value) {
        return random.nextInt(10) < 3 ? null : value.apply(random);
    }

    /**
     * Returns a number from {@code min} to {@code max}, both included: one in twenty is {@code min}, one in twenty is
     * {@code max}, six in twenty are near {@code min} on a logarithmic scale, the others are evenly spread. The range
     * {@code max - min} is from 1 to {@link Long#MAX_VALUE}.
     */
    public static long between(Random random, long min, long max) {
        return switch (random.nextInt(20)) {
            case 0 -> min;
            case 1 -> max;
            case 2, 3, 4, 5, 6, 7 -> min + (random.nextLong(max - min) >>> random.nextInt(63));
            default -> random.nextLong(min, max);
        };
    }

    /**
     * Returns a text of {@code minLength} to {@code maxLength} of the given characters, with both lengths as frequent as
     * in {@link #between}.
     */
    public static String textOf(Random random, String characters, int minLength, int maxLength) {
        return random.ints(between(random, minLength, maxLength), 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /**
     * Returns a text of at most {@code maxLength} code points from the whole of Unicode, unpaired surrogates included.
     * One in twenty is empty, one in twenty has the full length. A quarter each of its code points are edge cases, ASCII,
     * from the basic multilingual plane, and from all planes.
     */
    public static String text(Random random, int maxLength) {
        return codePoints(random).limit(between(random, 0, maxLength)).collect(Collectors.joining());
    }

    /** Returns a text without unpaired surrogates, hence with a UTF-8 form; otherwise like {@link #text}. */
    public static String unicodeText(Random random, int maxLength) {
        return codePoints(random)
                .filter(c -> c.length() > 1 || !Character.isSurrogate(c.charAt(0)))
                .limit(between(random, 0, maxLength))
                .collect(Collectors.joining());
    }

    private static Stream<String> codePoints(Random random) {
        return Stream.generate(() -> Character.toString(codePoint(random)));
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> of(random, EDGES);
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(0x10000);
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
        };
    }
}
