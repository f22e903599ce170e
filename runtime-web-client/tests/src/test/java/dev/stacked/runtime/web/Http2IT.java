package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.stacked.runtime.testkit.ScriptedStage;
import dev.stacked.runtime.testkit.TcpRelay;
import dev.stacked.runtime.testkit.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A browser over TLS: with HTTP/1.1 the seventh stream of a page would never connect. */
@ExtendWith(VisitExtension.class)
class Http2IT {
    private static final int STREAMS = 50;

    private static final String OPEN_STREAMS = """
            async (count) => {
              globalThis.changes = 0;
              globalThis.sources = Array.from({length: count}, () =>
                  new EventSource('/api/stacks/checkout/runtime/stream'));
              await Promise.all(sources.map((source) => new Promise((resolve) => {
                source.addEventListener('snapshot', resolve, {once: true});
                source.addEventListener('stage-runtime', () => { changes += 1; });
              })));
              const answer = await fetch('/client/panel.js');
              await answer.text();
              return answer.status + ' ' + performance.getEntriesByName(answer.url)[0].nextHopProtocol;
            }
            """;

    @TempDir
    Path directory;

    @Test
    void fiftyStreamsOfAPageShareItsConnectionWithItsOtherRequests(Visit visit) {
        ScriptedStage cart = visit.stack("checkout").stage("cart").titled("Cart");
        TestCertificate certificate = TestCertificate.make(directory, "tls", "EC");
        Server server =
                visit.server("--tls-cert=" + certificate.certificateFile(), "--tls-key=" + certificate.keyFile());
        visit.profile().setIgnoreHTTPSErrors(true);
        try (TcpRelay network = new TcpRelay(server.port())) {
            Page page = visit.browser().newPage();
            page.navigate(network.url().replace("http:", "https:") + "/client/index.js");
            int connections = network.connections();

            assertEquals("200 h2", page.evaluate(OPEN_STREAMS, STREAMS));

            assertEquals(STREAMS, server.openStreams());
            assertEquals(connections, network.connections(), "connections beside the page's");
            page.evaluate("sources.pop().close()");
            page.waitForCondition(() -> server.openStreams() == STREAMS - 1);
            cart.todos(1, 2);
            page.waitForCondition(() -> page.evaluate("changes").equals(STREAMS - 1));
        }
    }
}
