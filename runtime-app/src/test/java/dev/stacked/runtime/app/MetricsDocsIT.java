package dev.stacked.runtime.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The page about metrics, the dashboard and the alert rules refer to existing metrics. */
class MetricsDocsIT {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE);
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(runtime_\\w+)`", Pattern.MULTILINE);
    /** Any label except the bounds of a histogram. */
    private static final Pattern LABEL = Pattern.compile("(?<!\\ble)=\"([^\"]*)\"");

    private static final Pattern USED = Pattern.compile("\\b(?:runtime|jvm|process|system)_\\w+");

    private static RunningApp app;
    private static String scraped;
    private static Set<String> samples;

    @BeforeAll
    static void scrape() throws Exception {
        app = RuntimeApp.run(new String[] {"--demo", "--port=0", "--admin-port=0"});
        try (SseClient client = SseClient.open(app.url() + "/api/stacks/checkout/runtime/stream")) {
            client.next("snapshot");
            AdminClient admin = new AdminClient(app);
            scraped = admin.get("/metrics", "*/*").body();
            samples = admin.scrape().keySet().stream()
                    .map(sample -> sample.replaceFirst("\\{.*", ""))
                    .collect(Collectors.toSet());
        }
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void thePageNamesEveryMeterAndNoOther() throws Exception {
        Set<String> meters = all(TYPE, scraped);
        meters.removeIf(name -> !name.startsWith("runtime_") || isMaximum(name));

        assertEquals(meters, all(DOCUMENTED, Files.readString(ROOT.resolve("docs/metrics.md"))));
    }

    private static boolean isMaximum(String name) {
        return name.endsWith("_max");
    }

    @Test
    void thePageNamesEveryValueOfEveryLabel() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/metrics.md"));
        Set<String> ours =
                scraped.lines().filter(line -> line.startsWith("runtime_")).collect(Collectors.toSet());
        Set<String> values = all(LABEL, String.join("\n", ours));

        assertTrue(values.contains("draining"));
        values.removeIf(value -> page.contains("`" + value + "`"));
        assertEquals(Set.of(), values);
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws Exception {
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(ROOT.resolve("packaging/grafana/runtime.json")));
        Set<String> used = new TreeSet<>();
        dashboard.findValues("expr").forEach(expression -> used.addAll(all(USED, expression.stringValue())));

        assertTrue(used.size() > 20, () -> "It asks for " + used);
        assertExist(used);
        assertEquals("datasource", dashboard.at("/templating/list/0/type").stringValue());
        dashboard
                .findValues("datasource")
                .forEach(source ->
                        assertEquals("${datasource}", source.get("uid").stringValue()));
    }

    @Test
    void theAlertRulesAskForWhatThereIs() throws Exception {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(ROOT.resolve("packaging/prometheus/alerts.yml")));
        Set<String> used = new TreeSet<>();
        rules.findValues("expr").forEach(expression -> used.addAll(all(USED, expression.stringValue())));

        assertFalse(used.isEmpty());
        assertExist(used);
        rules.at("/groups/0/rules").forEach(rule -> {
            assertTrue(rule.get("alert").isString(), rule::toString);
            assertTrue(rule.at("/annotations/summary").isString(), rule::toString);
        });
    }

    private static void assertExist(Set<String> used) {
        Set<String> missing = new TreeSet<>(used);
        missing.removeAll(samples);
        assertEquals(Set.of(), missing, "There are no such samples.");
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MetricsDocsIT::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MatchResult result) {
        return result.groupCount() > 0 ? result.group(1) : result.group();
    }
}
