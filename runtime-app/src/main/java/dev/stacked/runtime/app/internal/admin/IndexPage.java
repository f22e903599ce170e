package dev.stacked.runtime.app.internal.admin;

import io.undertow.util.StatusCodes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists the pages of the admin server: as links for browsers, as JSON for other clients. */
final class IndexPage implements AdminPage {
    private final Map<String, String> pages = new LinkedHashMap<>();

    /** @param added path templates of an integrator's pages; templates with variables are not linked */
    IndexPage(Collection<String> added) {
        pages.put("/health/ready", "Whether new clients should be sent here: 200 or 503");
        pages.put("/health/live", "Whether the process answers");
        pages.put("/pollers", "Each stack's readers, last poll, failures and history");
        pages.put("/metrics", "All meters, for Prometheus");
        added.stream()
                .filter(template -> !template.contains("{") && !template.equals("/"))
                .sorted()
                .forEach(template -> pages.putIfAbsent(template, ""));
    }

    @Override
    public CompletionStage<AdminAnswer> answer(String accept) {
        boolean isBrowser = accept.toLowerCase(Locale.ROOT).contains("text/html");
        return CompletableFuture.completedFuture(isBrowser ? html() : json());
    }

    private AdminAnswer html() {
        String rows = pages.entrySet().stream()
                .map(page -> "<tr><td><a href=\"%1$s\">%1$s</a><td>%2$s%n"
                        .formatted(Html.escaped(page.getKey()), Html.escaped(page.getValue())))
                .collect(Collectors.joining());
        return AdminAnswer.ok(Html.TYPE, Html.page("Stacked Runtime", "Stacked Runtime", rows));
    }

    private AdminAnswer json() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        pages.keySet().forEach(body.putArray("pages")::add);
        return AdminAnswer.json(StatusCodes.OK, body);
    }
}
