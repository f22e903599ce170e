package dev.stacked.runtime.app.internal.options;

import dev.stacked.runtime.app.InvalidOptionsException;
import dev.stacked.runtime.reconcile.http.HttpReconcilerSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * The upstream, which knows the stacks, and how it is called.
 *
 * @param source the server to call
 * @param stackPath template of the path of a stack document; holds {@code {stackId}}
 * @param reconcilePath template of the path that reconciles a stage; holds {@code {stackId}} and {@code {stageId}}
 * @param batchPath template of the path that reconciles several stages; holds {@code {stackId}}; null for one by one
 * @param timeout time limit for one attempt of a call
 * @param retryAttempts attempts of one call in all, from 1
 * @param reconcileConcurrency concurrent calls, over all stacks
 * @param access how the server connects and proves who it is
 */
public record UpstreamOptions(
        Source source,
        String stackPath,
        String reconcilePath,
        @Nullable String batchPath,
        Duration timeout,
        int retryAttempts,
        int reconcileConcurrency,
        UpstreamAccessOptions access) {
    private static final int MAX_ATTEMPTS = 10;

    static final Option<Optional<URI>> UPSTREAM = Option.optional(
            "--upstream",
            "URL",
            Values.url(
                    url -> (Values.isScheme(url, "http") || Values.isScheme(url, "https")) && url.getRawQuery() == null,
                    "must be an http or https URL without user, query or fragment, such as http://localhost:5173"),
            "Base URL of the server that knows the stacks. Required unless --demo is given.");

    static final Option<Boolean> DEMO =
            Option.toggle("--demo", "Start a built-in upstream on loopback, whose stacks advance by themselves.");

    private static final Option<String> STACK_PATH = Option.of(
            "--stack-path",
            "TEMPLATE",
            template("{stackId}"),
            HttpReconcilerSettings.DEFAULT_STACK_PATH,
            "Upstream path of a stack.");

    private static final Option<String> RECONCILE_PATH = Option.of(
            "--reconcile-path",
            "TEMPLATE",
            template("{stackId}", "{stageId}"),
            HttpReconcilerSettings.DEFAULT_RECONCILE_PATH,
            "Upstream path that reconciles a stage.");

    private static final Option<Optional<String>> BATCH_PATH = Option.optional(
            "--reconcile-batch-path",
            "TEMPLATE",
            template("{stackId}"),
            "Upstream path that reconciles several stages with one call.");

    private static final Option<Duration> TIMEOUT = Option.of(
            "--upstream-timeout",
            "DURATION",
            Values.duration(),
            "10s",
            "Time limit for one attempt of an upstream call.");

    private static final Option<Integer> RETRY_ATTEMPTS = Option.of(
            "--retry-attempts", "N", Values.wholeNumber(1, MAX_ATTEMPTS), "3", "Attempts per upstream call in all.");

    private static final Option<Integer> CONCURRENCY = Option.of(
            "--reconcile-concurrency", "N", Values.count(), "16", "Concurrent upstream calls, over all stacks.");

    static final List<Option<?>> ALL =
            List.of(UPSTREAM, DEMO, STACK_PATH, RECONCILE_PATH, BATCH_PATH, TIMEOUT, RETRY_ATTEMPTS, CONCURRENCY);

    static UpstreamOptions of(Reading given) {
        if (given.get(DEMO) && given.get(UPSTREAM).isPresent()) {
            throw given.setting(UPSTREAM).excludes(given.setting(DEMO));
        }
        Source unlessNamed = given.get(DEMO) ? new Source.Demo() : new Source.Unnamed();
        return new UpstreamOptions(
                given.get(UPSTREAM).<Source>map(Source.Remote::new).orElse(unlessNamed),
                given.get(STACK_PATH),
                given.get(RECONCILE_PATH),
                given.get(BATCH_PATH).orElse(null),
                given.get(TIMEOUT),
                given.get(RETRY_ATTEMPTS),
                given.get(CONCURRENCY),
                UpstreamAccessOptions.of(given));
    }

    /** A path with each placeholder once, as a whole segment. */
    static ITypeConverter<String> template(String... placeholders) {
        return Values.text(
                value -> value.startsWith("/") && isTemplate(List.of(value.split("/", -1)), Set.of(placeholders)),
                "must be a URL path that begins with '/' and holds %s once, as a whole segment"
                        .formatted(String.join(" and ", placeholders)));
    }

    private static boolean isTemplate(List<String> segments, Set<String> placeholders) {
        Pattern literal = Pattern.compile("(?!\\.{1,2}$)(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*");
        List<String> found = segments.stream().filter(placeholders::contains).toList();
        Stream<String> literals = segments.stream().filter(segment -> !placeholders.contains(segment));
        return found.size() == placeholders.size()
                && Set.copyOf(found).equals(placeholders)
                && literals.allMatch(segment -> literal.matcher(segment).matches());
    }

    /** Which upstream is polled. */
    public sealed interface Source {
        /**
         * Its base URL.
         *
         * @param demo starts the built-in upstream and returns its URL
         * @throws InvalidOptionsException if no upstream is named
         */
        URI base(Supplier<URI> demo);

        /** Its name in the log. */
        String description();

        /**
         * A server elsewhere.
         *
         * @param url http or https, with a host, without user, query and fragment
         */
        record Remote(URI url) implements Source {
            @Override
            public URI base(Supplier<URI> demo) {
                return url;
            }

            @Override
            public String description() {
                return url.toString();
            }
        }

        /** The built-in one, on loopback. */
        record Demo() implements Source {
            @Override
            public URI base(Supplier<URI> demo) {
                return demo.get();
            }

            @Override
            public String description() {
                return "demo";
            }
        }

        /** No upstream. Valid as long as the integrator binds another backend. */
        record Unnamed() implements Source {
            @Override
            public URI base(Supplier<URI> demo) {
                throw new InvalidOptionsException("One of --upstream URL and --demo is required.");
            }

            @Override
            public String description() {
                return "of its own";
            }
        }
    }
}
