package dev.stacked.runtime.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger of notifications, which all tabs of a browser share. */
@ExtendWith(VisitExtension.class)
class NotificationLedgerIT {
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
}
