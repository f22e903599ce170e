package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a stack: polls it and commits the changes that follow from the answers. It knows no readers. Confined
 * to the stack's event loop.
 *
 * <pre>
 * STOPPED ──start──▶ POLLING ──stop──▶ STOPPED
 * </pre>
 *
 * <p>State, pauses and back-off survive a stop, so that the next start continues where polling ended.
 */
final class StackPoller {
    /** Receives the progress of polling. */
    interface Listener {
        /** The last answer of a poll has arrived. */
        void pollEnding();

        /** The changes of a poll are committed. */
        void pollEnded();

        /** The stack does not exist; polling has stopped. */
        void gone();
    }

    private final StackId id;
    private final Reconciler reconciler;
    private final StreamSettings settings;
    private final EventLoop loop;
    private final History history;
    private final Listener listener;
    private final Failures failures = new Failures();
    private final StackState state = new StackState(failures);
    private final PollIntervals intervals;
    private final PollSchedule schedule;
    private final PollerReport report;
    private boolean polling;
    private @Nullable Poll poll;
    /** Whether readers no longer wait for the first poll to end. */
    private boolean early;
    /**
     * Start of the first poll in a row that did not find a stack that existed; null if the last poll did not say so.
     */
    private @Nullable Long missingSince;

    StackPoller(
            StackId id,
            Reconciler reconciler,
            StreamSettings settings,
            EventLoop loop,
            History history,
            PollerReport report,
            Listener listener) {
        this.id = id;
        this.reconciler = reconciler;
        this.settings = settings;
        this.loop = loop;
        this.history = history;
        this.report = report;
        this.listener = listener;
        this.intervals = new PollIntervals(id, settings.pollInterval(), settings.idlePollInterval());
        this.schedule = new PollSchedule(loop, intervals, this::poll);
    }

    void start() {
        polling = true;
        early = false;
        report.pollingBegan();
        schedule.start(failures.consecutive() > 0);
    }

    /** Stops polling at once, and cancels a call that is under way. */
    void stop() {
        if (polling) {
            polling = false;
            report.pollingEnded();
        }
        if (poll != null) {
            poll.cancel();
            poll = null;
        }
        schedule.stop();
    }

    boolean isPolling() {
        return polling;
    }

    /** Polls now: the stack may have changed. Does nothing while the stack is not polled. */
    void refresh() {
        if (polling) {
            schedule.nudge();
        }
    }

    /** Polls soon, for a new reader of a stack that is idle or fails. */
    void hasten() {
        schedule.hasten();
    }

    /**
     * Whether there is anything to retain when the last reader leaves: state, or a pause or back-off of the upstream.
     */
    boolean isWorthRetaining() {
        return state.isPublished() || !pauseLeft().isZero() || failures.consecutive() > 0;
    }

    /** How long the upstream asked not to be called from now on; zero if it did not ask. */
    Duration pauseLeft() {
        return schedule.pauseLeft();
    }

    private void poll() {
        Poll next = new Poll(id, report.nextPoll(reconciler), settings.callBudget(), loop, new Answers());
        poll = next;
        next.start();
    }

    private boolean isPollOver() {
        return poll == null || poll.isOver();
    }

    /** The upstream is late: from now on new readers are sent a failure that says so. */
    void noteLate() {
        String message = "The upstream has not answered within "
                + settings.firstSnapshotTimeout().toMillis() + " ms.";
        if (failures.health() == UpstreamHealth.DOWN) {
            return; // readers are sent that failure
        }
        if (poll == null || !poll.isDocumentRead()) {
            history.commit(state.documentLate(message));
        } else if (!state.isPublished() && !state.hasRuntimes()) {
            history.commit(state.stagesLate(message));
        }
    }

    /** Publishes the state known so far although the first poll has not ended, since readers no longer wait. */
    void publishEarly() {
        early = true;
        publishIfDue();
    }

    /** Begins the history once the first poll is over, or once it has found a runtime and readers no longer wait. */
    private void publishIfDue() {
        boolean enough = isPollOver() || (early && state.hasRuntimes());
        if (state.phase() == StackState.Phase.COLLECTING && enough) {
            history.commit(state.publish());
        }
    }

    /** The status of the stack for operators. */
    PollerStatus status(int subscribers, @Nullable EventId oldest, @Nullable EventId newest) {
        return new PollerStatus(
                id,
                subscribers,
                rate(),
                schedule.lastPoll(),
                failures.health(),
                failures.consecutive(),
                failures.withReasons(),
                oldest,
                newest);
    }

    private PollRate rate() {
        if (!polling) {
            return PollRate.STOPPED;
        }
        if (missingSince != null) {
            return PollRate.ACTIVE; // whether the stack is gone must be known soon
        }
        if (failures.consecutive() > 0) {
            return PollRate.BACKING_OFF;
        }
        return state.isActive() ? PollRate.ACTIVE : PollRate.IDLE;
    }

    /** Handles the answers of a poll. */
    private final class Answers implements Poll.Listener {
        private Duration pause = Duration.ZERO;

        @Override
        public List<StageId> documentRead(StackDocument document) {
            missingSince = null;
            history.commit(state.documentRead(document, loop.now()));
            publishIfDue();
            return state.stagesToReconcile(document, loop.nanoTime());
        }

        @Override
        public void documentFailed(ReconcileException failure) {
            pause = failure.retryAfter();
            if (failure.code() == ErrorCode.STACK_NOT_FOUND) {
                documentMissing(failure);
            } else {
                missingSince = null;
                history.commit(state.documentFailed(failure));
            }
        }

        /** The first 404 for a stack that existed may be an outage, so a poll at least one interval later decides. */
        private void documentMissing(ReconcileException failure) {
            Optional<Long> since = Optional.ofNullable(missingSince);
            boolean lasts = since.isPresent()
                    && schedule.lastStart() - since.get()
                            >= settings.pollInterval().toNanos();
            if (state.phase() == StackState.Phase.UNREAD || lasts) {
                stop();
                history.commit(state.gone(failure.message()));
                listener.gone();
                return;
            }
            missingSince = since.orElseGet(schedule::lastStart);
            history.commit(state.documentFailed(new ReconcileException(
                            ErrorCode.UPSTREAM_UNAVAILABLE,
                            "The upstream does not find the stack; it is polled again before the stack counts as gone.")
                    .withReason("stack not found")));
        }

        @Override
        public void stageReconciled(StageId stage, StageRuntime runtime) {
            history.commit(state.stageReconciled(stage, runtime, loop.now()));
            publishIfDue();
        }

        @Override
        public void stageFailed(StageId stage, ReconcileException failure) {
            history.commit(state.stageFailed(stage, failure, loop.nanoTime()));
        }

        @Override
        public void stageMissing(StageId stage, ReconcileException failure) {
            history.commit(state.stageMissing(stage, failure, loop.nanoTime()));
        }

        @Override
        public void ended() {
            state.pollEnded();
            schedule.pollEnded(pause, intervals.after(rate(), failures.consecutive()));
            report.pollEnded(schedule.lastPoll(), failures);
            listener.pollEnding();
            publishIfDue();
            listener.pollEnded();
        }
    }
}
