package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts of the library, imported by a page like any module. */
@ExtendWith(VisitExtension.class)
class LibraryIT {
    private static Object run(Visit visit, String script) {
        return visit.openBlank().run("async () => {" + script + "}");
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
}
