package dev.stacked.runtime.transport.undertow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTemplateTest {
    private static final PathTemplate STREAM = PathTemplate.parse("/api/stacks/{id}/runtime/stream");

    @ParameterizedTest
    @ValueSource(strings = {"checkout", "a%2Fb", "a;b", "a;v=1", "", ".", "..", "{id}", "a:b", "a+b", "%zz"})
    void variableIsOneRawSegmentWhateverItHolds(String segment) {
        assertEquals(Optional.of(Map.of("id", segment)), STREAM.match("/api/stacks/" + segment + "/runtime/stream"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/api/stacks/a/b/runtime/stream",
                "/api/stacks/runtime/stream",
                "/api/stacks/a/runtime/stream/",
                "//api/stacks/a/runtime/stream",
                "/api/stacks/a/runtime/Stream",
                "/api/stacks/a/runtime/stream%20",
                "api/stacks/a/runtime/stream"
            })
    void otherPathDoesNotMatch(String path) {
        assertEquals(Optional.empty(), STREAM.match(path));
    }

    @Test
    void severalVariablesAreTakenByName() {
        PathTemplate template = PathTemplate.parse("/{kind}/x/{id}");

        assertEquals(Optional.of(Map.of("kind", "a", "id", "b")), template.match("/a/x/b"));
    }

    @Test
    void templateWithoutVariablesMatchesItself() {
        assertEquals(Optional.of(Map.of()), PathTemplate.parse("/health").match("/health"));
    }

    @Test
    void templateMustStartWithASlash() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse("api/{id}"));

        assertEquals("A route starts with '/'; it is 'api/{id}'.", refusal.getMessage());
    }
}
