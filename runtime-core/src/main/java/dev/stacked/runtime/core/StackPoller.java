package dev.stacked.runtime.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a stack: polls it and commits the changes that follow from the answers. It knows no readers. Confined
 * to the stack's event loop.
 *
 * <pre>
 * STOPPED ──start──▶ POLLING ──stop──▶ STOPPED
 * </pre>
 *
 * <p>State and back-off survive a stop, so that the next start continues where polling ended.
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
    private final UpstreamCalls upstream;
    private final StreamSettings settings;
    private final EventLoop loop;
    private final History history;
    private final Listener listener;
    private final Failures failures = new Failures();
    private final StackState state = new StackState(failures);
    private final StretchedInterval stretched;
    private final DocumentSchedule documents;
    private final PollPace pace;
    private final PollSchedule schedule;
    private final PollerReport report;
    private boolean polling;
    /** Whether the poll under way is the first since the start: what it finds may have happened before. */
    private boolean first;

    private @Nullable Poll poll;
    /** Whether readers no longer wait for the first poll to end. */
    private boolean early;
    /**
     * Start of the first poll in a row that did not find a stack that existed; null if the last poll did not say so.
     */
    private @Nullable Long missingSince;

    StackPoller(
            StackId id,
            UpstreamCalls upstream,
            StreamSettings settings,
            EventLoop loop,
            History history,
            PollerReport report,
            Listener listener) {
        this.id = id;
        this.upstream = upstream;
        this.settings = settings;
        this.loop = loop;
        this.history = history;
        this.report = report;
        this.listener = listener;
        PollIntervals intervals =
                new PollIntervals(id, settings.pollInterval(), settings.idlePollInterval(), settings.maxBackOff());
        this.stretched = new StretchedInterval(settings.pollInterval(), settings.maxPollInterval());
        this.documents = new DocumentSchedule(settings.documentInterval());
        this.pace = new PollPace(intervals, stretched, documents, state, failures);
        this.schedule =
                new PollSchedule(loop, intervals, () -> upstream.pauses().left(id), this::poll);
    }

    /** Starts polling: at once, unless a poll has just ended. */
    void start() {
        polling = true;
        early = false;
        first = true;
        report.pollingBegan();
        documents.want();
        schedule.start(failures.consecutive() > 0);
    }

    /** Whether the state is as new as if the stack had been polled all the time. */
    boolean isFresh() {
        return state.isPublished() && failures.consecutive() == 0 && schedule.isFresh();
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

    /** Polls now, or with the next start: the stack may have changed. */
    void refresh() {
        documents.want();
        if (polling) {
            schedule.nudge();
        } else {
            schedule.expire();
        }
    }

    /** Polls soon, for a new reader of a stack that is idle or fails. */
    void hasten() {
        schedule.hasten();
    }

    /**
     * Whether there is anything to retain when the last reader leaves: state or back-off.
     */
    boolean isWorthRetaining() {
        return state.isPublished() || failures.consecutive() > 0;
    }

    /** When the next poll begins; now if one is under way. */
    Instant nextPollAt() {
        return schedule.nextPollAt();
    }

    private void poll() {
        Poll next = upstream.newPoll(id, report.nextPoll(), loop, new Answers());
        poll = next;
        if (documents.pollBegins(schedule.lastStart())) {
            next.start();
        } else {
            next.start(stagesToReconcile());
        }
    }

    private List<StageId> stagesToReconcile() {
        return state.stagesToReconcile(stage -> !upstream.pauses().isPaused(id, stage));
    }

    private void commit(Change change) {
        if (!change.equals(Change.NONE)) {
            history.commit(change);
        }
    }

    /** Commits what an answer has changed in a stack that is polled continuously. */
    private void commitFound(Supplier<Change> answer, PollerMeters.Route route) {
        StackRuntime before = state.runtime();
        Change change = answer.get();
        boolean changed = !state.runtime().equals(before); // a recovery is an event, but no change
        if (changed && !first) {
            stretched.changeFound(schedule.isAnnounced());
        }
        report.answered(route, changed);
        commit(change);
        publishIfDue();
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
                polling ? pace.rate(isMissing()) : PollRate.STOPPED,
                schedule.effective(pace.interval(isMissing())),
                schedule.lastPoll(),
                failures.health(),
                failures.consecutive(),
                failures.withReasons(),
                oldest,
                newest);
    }

    private boolean isMissing() {
        return missingSince != null;
    }

    /** Handles the answers of a poll. */
    private final class Answers implements Poll.Listener {
        @Override
        public List<StageId> documentRead(StackDocument document) {
            missingSince = null;
            documents.read(document.maxAge());
            commitFound(() -> state.documentRead(document, loop.now()), PollerMeters.Route.DOCUMENT);
            return stagesToReconcile();
        }

        @Override
        public void documentFailed(ReconcileException failure) {
            documents.want();
            report.failed(PollerMeters.Route.DOCUMENT);
            upstream.pauses().pause(id, failure.retryAfter());
            if (failure.code() == ErrorCode.STACK_NOT_FOUND) {
                documentMissing(failure);
            } else {
                missingSince = null;
                commit(state.documentFailed(failure));
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
                commit(state.gone(failure.message()));
                listener.gone();
                return;
            }
            missingSince = since.orElseGet(schedule::lastStart);
            commit(state.documentFailed(new ReconcileException(
                            ErrorCode.UPSTREAM_UNAVAILABLE,
                            "The upstream does not find the stack; it is polled again before the stack counts as gone.")
                    .withReason("stack not found")));
        }

        @Override
        public void stageReconciled(StageId stage, StageRuntime runtime) {
            commitFound(() -> state.stageReconciled(stage, runtime, loop.now()), PollerMeters.Route.STAGE);
        }

        @Override
        public void stageFailed(StageId stage, ReconcileException failure) {
            report.failed(PollerMeters.Route.STAGE);
            upstream.pauses().pause(id, stage, failure.retryAfter());
            commit(state.stageFailed(stage, failure));
        }

        @Override
        public void stageMissing(StageId stage, ReconcileException failure) {
            documents.want();
            report.failed(PollerMeters.Route.STAGE);
            upstream.pauses().pause(id, stage, failure.retryAfter());
            commit(state.stageMissing(stage, failure));
        }

        @Override
        public void ended() {
            commit(state.pollEnded());
            first = false;
            stretched.pollEnded();
            schedule.pollEnded(pace.interval(isMissing()), pace.notBefore(isMissing()));
            report.pollEnded(schedule.lastPoll(), failures);
            listener.pollEnding();
            publishIfDue();
            listener.pollEnded();
        }
    }
}
