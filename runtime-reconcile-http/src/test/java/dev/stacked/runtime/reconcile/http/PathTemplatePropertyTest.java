package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.seeded.Draw;
import dev.stacked.runtime.seeded.SeededTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class PathTemplatePropertyTest {
    private static final PathTemplate TEMPLATE = PathTemplate.parse("path", "/a/{id}/z", "id");
    private static final String HOSTILE = "/\\.%?#;:@&=+ {}25eEfF~";

    @SeededTest
    void everyIdIsOneSegmentAndDecodesBack(Random random) {
        String id = id(random);
        URI uri = URI.create("http://host" + TEMPLATE.expand(id));
        String[] segments = uri.getRawPath().split("/", -1);

        assertEquals(4, segments.length, uri.toString());
        assertEquals(id, URLDecoder.decode(segments[2], StandardCharsets.UTF_8));
        assertEquals(id, uri.getPath().substring("/a/".length(), uri.getPath().length() - "/z".length()));
        assertEquals(uri, uri.normalize());
        assertTrue(segments[2].chars().allMatch(c -> c < 128));
    }

    private static String id(Random random) {
        return Stream.generate(() -> random.nextBoolean() ? Draw.textOf(random, HOSTILE, 1, 255) : printable(random))
                .filter(id -> !id.isEmpty() && !PathTemplate.isDotSegment(id))
                .findFirst()
                .orElseThrow();
    }

    private static String printable(Random random) {
        return Draw.unicodeText(random, 200)
                .codePoints()
                .filter(codePoint -> codePoint >= ' ')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
