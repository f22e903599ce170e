package dev.stacked.runtime.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts of the library, imported by a page like any module. */
@ExtendWith(VisitExtension.class)
class LibraryIT {
    private static final String SNAPSHOT = """
            const snapshot = (id, statuses) => ({
              name: "snapshot",
              id,
              data: {
                runtimeByStageId: Object.fromEntries(
                  Object.entries(statuses).map(([stageId, stageStatus]) => [stageId, { stageStatus }])),
                stages: Object.entries(statuses).map(([stageId, status]) => ({ id: stageId, title: stageId, status })),
              },
            });
            const changed = (id, stageId, stageStatus) =>
              ({ name: "stage-runtime", id, data: { stageId, runtime: { stageStatus } } });
            const ready = (id, stageId) => ({ name: "review-ready", id, data: { stageId, stageTitle: stageId } });
            const emitted = (events) => events.map(({ name, id, inferred }) => [name, id, inferred ?? false].join(" "));
            const { StackState } = await import("/client/stack-state.js");
            const state = new StackState();
            """;

    private static Object run(Visit visit, String script) {
        return visit.openBlank().run("async () => {" + script + "}");
    }

    private static Object runOnState(Visit visit, String script) {
        return run(visit, SNAPSHOT + script);
    }

    @Test
    void delaysDoubleUpToHalfAMinuteWithFullJitter(Visit visit) {
        Object delays = run(visit, """
                const { Backoff } = await import("/client/backoff.js");
                const longest = new Backoff({ random: () => 1 });
                const shortest = new Backoff({ random: () => 0 });
                const delays = Array.from({ length: 7 }, () => longest.next());
                longest.reset();
                return [...delays, longest.next(), shortest.next()];
                """);
        assertEquals(List.of(1000, 2000, 4000, 8000, 16000, 30000, 30000, 1000, 0), delays);
    }

    @Test
    void retryAfterIsSecondsOrADate(Visit visit) {
        Object delays = run(visit, """
                const { parseRetryAfter } = await import("/client/probe.js");
                const now = Date.parse("2026-01-01T00:00:00Z");
                return ["7", "Thu, 01 Jan 2026 00:00:09 GMT", "Wed, 31 Dec 2025 00:00:00 GMT", "soon", null]
                  .map((value) => parseRetryAfter(value, now) ?? -1);
                """);
        assertEquals(List.of(7000, 9000, 0, -1, -1), delays);
    }

    @Test
    void onlyTheCodeNotFoundMeansThatTheStackDoesNotExist(Visit visit) {
        Object meanings = run(visit, """
                const { probe } = await import("/client/probe.js");
                const meaning = async (body) => {
                  globalThis.fetch = async () => new Response(body, { status: 404 });
                  const { reason, final } = await probe(new URL("https://x.test"), "omit", new AbortController().signal);
                  return `${reason} ${final === true}`;
                };
                return [
                  await meaning('{"error":{"code":"not-found","message":"Stack not found."}}'),
                  await meaning('{"error":{"code":"route-not-found","message":"Stack not found."}}'),
                  await meaning("<h1>Not Found</h1>"),
                ];
                """);
        assertEquals(List.of("gone true", "not-served false", "not-served false"), meanings);
    }

    @Test
    void addressesAreEncodedAndRelativeToTheBase(Visit visit) {
        Object addresses = run(visit, """
                const { streamUrl, resumingAt } = await import("/client/stream-url.js");
                return [
                  streamUrl("https://x.test/base", "a/b ?#%", "sse").href,
                  streamUrl("https://x.test/base/", "..", "sse").href,
                  streamUrl("https://x.test", "α", "websocket").href,
                  resumingAt(streamUrl("https://x.test", "a", "sse"), "e-1").href,
                  resumingAt(streamUrl("https://x.test", "a", "sse"), null).href,
                ];
                """);
        assertEquals(
                List.of(
                        "https://x.test/base/api/stacks/a%2Fb%20%3F%23%25/runtime/stream",
                        "https://x.test/base/api/stacks/..%20/runtime/stream",
                        "wss://x.test/api/stacks/%CE%B1/runtime/ws",
                        "https://x.test/api/stacks/a/runtime/stream?lastEventId=e-1",
                        "https://x.test/api/stacks/a/runtime/stream"),
                addresses);
    }

    @Test
    void eventsThatAreKnownAreNotToldAgain(Visit visit) {
        Object emitted = runOnState(visit, """
                state.apply(snapshot("e-1", { a: "in-progress" }));
                state.apply(changed("e-2", "a", "review"));
                return [
                  emitted(state.apply(changed("e-2", "a", "done"))),
                  emitted(state.apply(ready("e-3", "a"))),
                  emitted(state.apply(ready("e-3", "a"))),
                  emitted(state.apply(changed("f-1", "a", "approved"))),
                  [state.runtimes.get("a").stageStatus, state.stages[0].status, state.lastEventId],
                ];
                """);
        assertEquals(
                List.of(
                        List.of(),
                        List.of("review-ready e-3 false"),
                        List.of(),
                        List.of("stage-runtime f-1 false"),
                        List.of("approved", "approved", "f-1")),
                emitted);
    }

    @Test
    void aReviewThatASnapshotShowsIsToldOnceWhateverTheServerSaysOfIt(Visit visit) {
        Object emitted = runOnState(visit, """
                state.apply(snapshot("e-1", { a: "in-progress", b: "in-progress", c: "review" }));
                return [
                  emitted(state.apply(snapshot("f-4", { a: "review", b: "done", c: "review" }))),
                  emitted(state.apply(snapshot("f-5", { a: "review", b: "done", c: "review", d: "review" }))),
                  emitted(state.apply(ready("f-6", "a"))),
                  emitted(state.apply(changed("f-7", "a", "in-progress"))),
                  emitted(state.apply(changed("f-8", "a", "review"))),
                  emitted(state.apply(ready("f-9", "a"))),
                ];
                """);
        assertEquals(
                List.of(
                        List.of("snapshot f-4 false", "review-ready f-4 true"),
                        List.of("snapshot f-5 false"),
                        List.of(),
                        List.of("stage-runtime f-7 false"),
                        List.of("stage-runtime f-8 false"),
                        List.of("review-ready f-9 false")),
                emitted);
    }

    @Test
    void aReviewThatTheServerToldBeforeTheSnapshotIsNotInferredFromIt(Visit visit) {
        Object emitted = runOnState(visit, """
                state.apply(snapshot("e-1", { a: "in-progress" }));
                return [
                  emitted(state.apply(ready("e-6", "a"))), // its runtime was conflated away
                  emitted(state.apply(snapshot("e-8", { a: "review", b: "review" }))),
                ];
                """);
        assertEquals(List.of(List.of("review-ready e-6 false"), List.of("snapshot e-8 false")), emitted);
    }

    @Test
    void aReviewThatIsSentBackAndComesAgainBetweenTwoPollsIsToldAfterAnInferredOne(Visit visit) {
        Object emitted = runOnState(visit, """
                state.apply(snapshot("e-1", { a: "in-progress" }));
                state.apply(snapshot("f-1", { a: "review" }));
                return [
                  emitted(state.apply(changed("f-2", "a", "review"))),
                  emitted(state.apply(ready("f-3", "a"))),
                ];
                """);
        assertEquals(List.of(List.of("stage-runtime f-2 false"), List.of("review-ready f-3 false")), emitted);
    }

    @Test
    void anotherTabGoesOnFromTheMemoryOfThisOne(Visit visit) {
        Object emitted = runOnState(visit, """
                const other = new StackState();
                state.apply(snapshot("e-1", { a: "in-progress" }));
                state.apply({ name: "stream-error", id: null, data: { code: "reconcile-failed", message: "m", stageId: "a" } });
                const joined = emitted(other.adopt(structuredClone(state.toMemory())));
                state.apply(snapshot("f-1", { a: "review" }));
                return [
                  joined,
                  [other.problems.ofStages.get("a").message, other.lastEventId],
                  emitted(other.adopt(structuredClone(state.toMemory()))),
                  emitted(other.apply(ready("f-2", "a"))), // the server's word comes after the inference
                  emitted(other.adopt({ ...state.toMemory(), lastEventId: "f-1" })), // older than what it knows
                ];
                """);
        assertEquals(
                List.of(
                        List.of("snapshot e-1 false"),
                        List.of("m", "e-1"),
                        List.of("snapshot f-1 false", "review-ready f-1 true"),
                        List.of(),
                        List.of()),
                emitted);
    }

    @Test
    void oneTransitionHasOneEntryInTheLedgerHoweverItWasLearnt(Visit visit) {
        Tab tab = visit.openBlank();
        String claim = """
                async (transitions) => {
                  const { NotificationLedger } = await import("/client/notification-ledger.js");
                  const ledger = new NotificationLedger();
                  const claimed = [];
                  for (const [stageId, id, since] of transitions) {
                    const inferred = since !== undefined;
                    claimed.push(await ledger.claim({ stackId: "s", stageId, id, since: since ?? null, inferred }));
                  }
                  return claimed;
                }
                """;
        Object first = tab.page()
                .evaluate(
                        claim,
                        List.of(
                                List.of("a", "e-6"),
                                List.of("a", "e-6"),
                                List.of("a", "e-9", "e-3"), // inferred elsewhere: e-6 lies between
                                List.of("a", "e-12", "e-7"), // and here it does not
                                List.of("a", "f-2", "e-13"), // over a restart of the server
                                List.of("b", "e-6"),
                                List.of("b", "f-2", "e-5")));
        tab.page().reload();
        Object afterReload =
                tab.page().evaluate(claim, List.of(List.of("a", "e-6"), List.of("b", "e-6"), List.of("b", "e-8")));

        assertEquals(List.of(true, false, false, true, true, true, false), first);
        assertEquals(List.of(false, false, true), afterReload);
    }

    @Test
    void twoTabsThatClaimAtTheSameTimeDoNotBothGetIt(Visit visit) {
        Tab first = visit.openBlank();
        Tab second = visit.openBlank();
        String claim = """
                import("/client/notification-ledger.js").then(async ({ NotificationLedger }) => {
                  const ledger = new NotificationLedger();
                  const claims = Array.from({ length: 50 }, (_, n) =>
                    ledger.claim({ stackId: "s", stageId: "a", id: "e-" + (n + 1), since: null, inferred: false }));
                  globalThis.claimed = await Promise.all(claims);
                });
                """;
        first.run("() => {" + claim + "}");
        second.run("() => {" + claim + "}");
        first.await("globalThis.claimed !== undefined");
        second.await("globalThis.claimed !== undefined");

        List<?> byFirst = (List<?>) first.run("claimed");
        List<?> bySecond = (List<?>) second.run("claimed");
        for (int n = 0; n < byFirst.size(); n++) {
            assertNotEquals(byFirst.get(n), bySecond.get(n), "claim " + n);
        }
    }

    @Test
    void aSlowReaderGetsNewerStateInsteadOfABacklog(Visit visit) {
        Object read = run(visit, """
                const { EventQueue } = await import("/client/event-queue.js");
                let left = 0;
                const queue = new EventQueue(4, () => ({ type: "snapshot", data: "now" }), () => (left += 1));
                queue.put({ type: "review-ready", data: { stageId: "a" } });
                for (let n = 1; n <= 3; n++) queue.put({ type: "stage-runtime", data: n });
                queue.put({ type: "heartbeat", data: "beat" });
                queue.end();
                const types = [];
                for await (const { type } of queue) types.push(type);
                return [...types, left];
                """);
        assertEquals(List.of("snapshot", "review-ready", "heartbeat", 1), read);
    }

    @Test
    void eventsThatAreAskedForTogetherComeInTheOrderOfAsking(Visit visit) {
        Object read = run(visit, """
                const { EventQueue } = await import("/client/event-queue.js");
                const queue = new EventQueue(4, () => null, () => {});
                const asked = [queue.next(), queue.next(), queue.next()];
                queue.put({ type: "heartbeat", data: 1 });
                queue.put({ type: "heartbeat", data: 2 });
                queue.end();
                return (await Promise.all(asked)).map(({ done, value }) => done ? "done" : value.data);
                """);
        assertEquals(List.of(1, 2, "done"), read);
    }

    @Test
    void aStreamCanBeReadWithForAwait(Visit visit) {
        visit.stack("checkout").stage("cart");
        Object read = run(visit, """
                const { RuntimeStream } = await import("/client/index.js");
                const stream = new RuntimeStream("checkout");
                const types = [];
                for await (const { type, data } of stream) {
                  types.push(type === "state" ? data.state : type);
                  if (type === "snapshot") stream.stop();
                }
                return types;
                """);
        assertEquals(List.of("connecting", "open", "snapshot", "closed"), read);
    }

    @Test
    void whatIsNoOptionIsRefused(Visit visit) {
        Object refusals = run(visit, """
                const { RuntimeStream } = await import("/client/index.js");
                const refusal = (...args) => { try { new RuntimeStream(...args); } catch (e) { return `${e.name}: ${e.message}`; } };
                return [refusal(" "), refusal("a", { transport: "pigeon" }), refusal("a", { heartbeatInterval: 0 })];
                """);
        assertEquals(
                List.of(
                        "TypeError: A stack id must not be blank.",
                        "TypeError: A transport is \"sse\" or \"websocket\", not \"pigeon\".",
                        "TypeError: A heartbeat interval is a positive number of milliseconds, not 0."),
                refusals);
    }

    /** As in docs/browser-client.md, on a site of another origin. */
    @Test
    void aPageOfTenLinesIsEnough(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        try (OtherSite site = new OtherSite()) {
            String server = visit.server("--allowed-origin=" + site.origin()).url();
            site.shows("""
                    <!doctype html>
                    <html lang="en">
                      <meta charset="utf-8">
                      <title>My stack</title>
                      <script type="module" src="%1$s/client/panel.js"></script>
                      <h1>My stack</h1>
                      <stack-runtime-panel stack="checkout" base-url="%1$s"></stack-runtime-panel>
                    </html>
                    """.formatted(server));
            Tab tab = visit.openBlank();

            tab.page().navigate(site.origin());

            assertThat(tab.status("Cart")).hasText("In progress");
            assertThat(tab.page().getByRole(AriaRole.REGION)).isVisible();
        }
    }

    @Test
    void pageThatIsNotAllowedSaysSo(Visit visit) {
        visit.stack("checkout").stage("cart").titled("Cart");
        try (OtherSite site = new OtherSite()) {
            site.shows("""
                    <!doctype html>
                    <html lang="en">
                      <meta charset="utf-8">
                      <title>My stack</title>
                      <script type="module" src="%1$s/client/panel.js"></script>
                      <stack-runtime-panel stack="checkout" base-url="%1$s"></stack-runtime-panel>
                    </html>
                    """.formatted(visit.server().url()));
            Tab tab = visit.openBlank();

            tab.page().navigate(site.origin());

            assertThat(tab.reason()).hasText("The server does not allow pages of this origin.");
            assertThat(tab.connection()).hasText("Reconnecting");
        }
    }
}
