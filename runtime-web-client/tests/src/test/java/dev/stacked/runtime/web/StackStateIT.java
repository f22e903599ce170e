package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stream knows of its stack, and what it emits when an event changes that. */
@ExtendWith(VisitExtension.class)
class StackStateIT {
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

    private static Object runOnState(Visit visit, String script) {
        return visit.openBlank().run("async () => {" + SNAPSHOT + script + "}");
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
}
