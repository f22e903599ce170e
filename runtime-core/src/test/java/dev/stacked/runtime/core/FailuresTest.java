package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    /** Overflows soon, as a ticker may. */
    private static final StageId ONE = new StageId("s1");

    private static final StageId TWO = new StageId("s2");

    private final Failures failures = new Failures();

    @Test
    void documentFailureIsNewsWhenItBeginsAndWhenItsCodeChanges() {
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isPresent());
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isEmpty());
        assertTrue(documentFails(ErrorCode.INVALID_UPSTREAM_RESPONSE).isPresent());
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isPresent());
    }

    @Test
    void documentFailureIsNewsAgainOnlyAfterAWholePollWithoutIt() {
        documentFails(ErrorCode.UPSTREAM_UNAVAILABLE);
        failures.documentRecovered();
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isEmpty());
        failures.pollEnded();
        failures.documentRecovered();
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isEmpty());

        failures.documentRecovered();
        failures.pollEnded();
        assertTrue(documentFails(ErrorCode.UPSTREAM_UNAVAILABLE).isPresent());
    }

    @Test
    void otherWordsForTheSameCodeAreNoNews() {
        failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, "One.", null);

        assertTrue(failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, "Another.", null)
                .isEmpty());
        assertEquals("Another.", failures.current().orElseThrow().message());
    }

    @Test
    void stagesFailEachForItself() {
        assertTrue(stageFails(ONE, ErrorCode.RECONCILE_FAILED).isPresent());
        assertTrue(stageFails(TWO, ErrorCode.RECONCILE_FAILED).isPresent());
        assertTrue(stageFails(ONE, ErrorCode.RECONCILE_FAILED).isEmpty());
        failures.stageRecovered(ONE);

        assertFalse(failures.isFailing(ONE));
        assertTrue(failures.isFailing(TWO));
        assertTrue(stageFails(ONE, ErrorCode.RECONCILE_FAILED).isPresent());
    }

    @Test
    void healthIsTheWorstOfWhatFails() {
        assertEquals(UpstreamHealth.OK, failures.health());
        stageFails(ONE, ErrorCode.RECONCILE_FAILED);
        assertEquals(UpstreamHealth.DEGRADED, failures.health());
        documentFails(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertEquals(UpstreamHealth.DOWN, failures.health());
        failures.documentRecovered();
        assertEquals(UpstreamHealth.DEGRADED, failures.health());
        failures.retainStages(Set.of(TWO));
        assertEquals(UpstreamHealth.OK, failures.health());
    }

    @Test
    void newReaderIsSentTheDocumentsFailureElseTheNewestOfTheStages() {
        assertEquals(Optional.empty(), failures.current());
        stageFails(ONE, ErrorCode.RECONCILE_FAILED);
        stageFails(TWO, ErrorCode.RECONCILE_FAILED);
        assertEquals(TWO, currentStage());
        documentFails(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertEquals(null, currentStage());
        failures.documentRecovered();
        failures.stageRecovered(TWO);
        assertEquals(ONE, currentStage());
    }

    @Test
    void eachFailureKeepsTheReasonOfItsLastTime() {
        failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, "Away.", "HTTP 502 Bad Gateway");
        failures.documentFailed(ErrorCode.UPSTREAM_UNAVAILABLE, "Away.", "HTTP 401 Unauthorized");
        failures.stageFailed(
                ONE, new ReconcileException(ErrorCode.RECONCILE_FAILED, "No.").withReason("HTTP 403 Forbidden"));
        stageFails(TWO, ErrorCode.RECONCILE_FAILED);

        assertEquals(
                Arrays.asList("HTTP 401 Unauthorized", "HTTP 403 Forbidden", null),
                failures.withReasons().stream()
                        .map(PollerStatus.Failing::reason)
                        .toList());
    }

    private StageId currentStage() {
        return failures.current().orElseThrow().stage();
    }

    private Optional<StreamEvent.Failure> documentFails(ErrorCode code) {
        return failures.documentFailed(code, "Away.", null);
    }

    private Optional<StreamEvent.Failure> stageFails(StageId stage, ErrorCode code) {
        return failures.stageFailed(stage, new ReconcileException(code, "Failed."));
    }
}
