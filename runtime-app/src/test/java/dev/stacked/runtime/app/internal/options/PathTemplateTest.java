package dev.stacked.runtime.app.internal.options;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.stacked.runtime.reconcile.http.HttpReconcilerSettings;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/{stackId}",
                "//{stackId}/",
                "/a%2Fb/{stackId}/;v=1",
                "/.a/{stackId}/~",
                "/$&'()*+,=:@!/{stackId}"
            })
    void whatIsAcceptedHereIsAcceptedByTheReconciler(String template) throws Exception {
        String accepted = UpstreamOptions.template("{stackId}").convert(template);

        assertDoesNotThrow(() -> new HttpReconcilerSettings(
                URI.create("http://host"),
                accepted,
                HttpReconcilerSettings.DEFAULT_RECONCILE_PATH,
                Duration.ofSeconds(1),
                1,
                1));
    }
}
