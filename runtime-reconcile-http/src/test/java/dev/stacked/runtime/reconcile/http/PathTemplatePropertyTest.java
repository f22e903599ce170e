package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathTemplatePropertyTest {
    private static final PathTemplate TEMPLATE = PathTemplate.parse("path", "/a/{id}/z", Set.of("id"));

    @Property
    void everyIdIsOneSegmentAndDecodesBack(@ForAll("ids") String id) {
        URI uri = URI.create("http://host" + TEMPLATE.expand(Map.of("id", id)));
        String[] segments = uri.getRawPath().split("/", -1);

        assertEquals(4, segments.length, uri.toString());
        assertEquals(id, URLDecoder.decode(segments[2], StandardCharsets.UTF_8));
        assertEquals(id, uri.getPath().substring("/a/".length(), uri.getPath().length() - "/z".length()));
        assertEquals(uri, uri.normalize());
        assertTrue(segments[2].chars().allMatch(c -> c < 128));
    }

    @Provide
    Arbitrary<String> ids() {
        Arbitrary<String> hostile =
                Arbitraries.strings().withChars("/\\.%?#;:@&=+ {}25eEfF~").ofMinLength(1);
        Arbitrary<String> any = Arbitraries.integers()
                .between(0x20, Character.MAX_CODE_POINT)
                .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                .map(Character::toString)
                .list()
                .ofMinSize(1)
                .ofMaxSize(200)
                .map(characters -> String.join("", characters));
        return Arbitraries.oneOf(hostile, any).filter(id -> !PathTemplate.isDotSegment(id));
    }
}
