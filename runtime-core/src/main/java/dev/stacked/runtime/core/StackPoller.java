package dev.stacked.runtime.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a stack: polls it while it has subscribers, and tells everyone what changed. Confined to the
 * stack's event loop.
 */
final class StackPoller {
    /** Whether a stack is polled, and whether its streams may open. */
    private enum State {
        /** Nobody reads: not polled; what is known is kept until it is retired. */
        IDLE,
        /** The first poll since someone came is under way; streams wait for it, but not for ever. */
        STARTING,
        /** Streams open at once. */
        RUNNING
    }

    /** Keeps the poller for all who come. Once it is told of the end, nothing may join the poller any more. */
    interface Keeper {
        /** Nobody has read the stack for long. */
        void retire(StackPoller poller);

        /** The stack does not exist. */
        void gone(StackPoller poller);
    }

    private final StackId id;
    private final Reconciler reconciler;
    private final StreamSettings settings;
    private final EventLoop loop;
    private final EventLog log;
    private final Keeper keeper;
    private final Failures failures = new Failures();
    private final KnownStack known;
    private final PollGaps gaps;
    private final PollSchedule schedule;
    private final Audience audience;
    private final PollerReport report;

    private State state = State.IDLE;
    private Poll poll;
    private @Nullable Future<?> opening;
    private @Nullable Future<?> heartbeat;
    private @Nullable Future<?> retirement;

    StackPoller(
            StackId id,
            Reconciler reconciler,
            StreamSettings settings,
            EventLoop loop,
            EventLog log,
            EventEncoder encoder,
            PollerMeters meters,
            Keeper keeper) {
        this.id = id;
        this.reconciler = reconciler;
        this.settings = settings;
        this.loop = loop;
        this.log = log;
        this.keeper = keeper;
        this.known = new KnownStack(id, failures);
        this.audience = new Audience(log, encoder, new CurrentSnapshot(known, encoder, log.epoch()), meters);
        this.report = new PollerReport(id, log.epoch(), meters);
        this.gaps = new PollGaps(id, settings.pollInterval(), settings.idlePollInterval());
        this.schedule = new PollSchedule(loop, gaps, this::poll);
        this.poll = newPoll();
    }

    StackId id() {
        return id;
    }

    /** Whether the stack is polled. */
    boolean isPolling() {
        return state != State.IDLE;
    }

    void join(StackSubscription subscription) {
        subscription.joined(this);
        audience.add(subscription);
        if (state == State.RUNNING) {
            schedule.hasten();
            audience.open(subscription, known.currentFailure());
            subscription.drain();
        } else if (state == State.IDLE) {
            start();
        }
    }

    void leave(StackSubscription subscription) {
        audience.remove(subscription);
        if (audience.isEmpty() && isPolling()) {
            stop();
        }
    }

    /** The stack may have changed: polls now, if anybody reads it. Whoever comes later begins with a poll anyway. */
    void refresh() {
        if (isPolling()) {
            schedule.nudge();
        }
    }

    private void start() {
        state = State.STARTING;
        report.pollingBegan();
        cancel(retirement);
        opening = loop.schedule(this::openWithoutAnswer, settings.firstSnapshotTimeout());
        heartbeat = loop.schedule(this::beat, settings.heartbeatInterval());
        schedule.start();
    }

    private void stop() {
        halt();
        if (known.isPublished()) {
            retirement = loop.schedule(() -> keeper.retire(this), settings.retain());
        } else {
            keeper.retire(this);
        }
    }

    private void halt() {
        if (isPolling()) {
            report.pollingEnded();
        }
        state = State.IDLE;
        poll.cancel();
        schedule.stop();
        cancel(opening);
        cancel(heartbeat);
    }

    /** Ends all streams: the server is shutting down. */
    void close() {
        halt();
        cancel(retirement);
        audience.finish();
    }

    /** Ends each stream at its own moment, and polls for the others until then. */
    void drain(Supplier<Duration> moments) {
        audience.finish(loop, moments);
    }

    private void poll() {
        poll = newPoll();
        poll.start();
    }

    private Poll newPoll() {
        return new Poll(id, report.nextPoll(reconciler), settings.callBudget(), loop, new Answers());
    }

    private void beat() {
        heartbeat = loop.schedule(this::beat, settings.heartbeatInterval());
        audience.beat(known.heartbeat(loop.now()));
    }

    /** The first poll takes too long to wait for it: streams open with what there is. */
    private void openWithoutAnswer() {
        if (state != State.STARTING) {
            return;
        }
        String message = "The upstream has not answered within "
                + settings.firstSnapshotTimeout().toMillis() + " ms.";
        if (!poll.isDocumentRead()) {
            known.documentLate(message);
        } else if (!known.isPublished() && !known.hasRuntimes()) {
            known.stagesLate(message);
        }
        openAll();
        publishIfDue();
        audience.drain();
    }

    private void openAll() {
        state = State.RUNNING;
        cancel(opening);
        audience.openAll(known.currentFailure());
    }

    /** The history begins once the first poll is over, or could not be waited for and has found something. */
    private void publishIfDue() {
        boolean enough = poll.isOver() || known.hasRuntimes();
        if (state == State.RUNNING && !known.isPublished() && known.isRead() && enough) {
            audience.tell(known.publish());
        }
    }

    /** The stack is no more: every stream is told and ends. */
    private void gone(String message) {
        halt();
        keeper.gone(this);
        audience.fail(
                new StreamEvent.Failure(ErrorCode.STACK_NOT_FOUND, message, null), new StackNotFoundException(id));
    }

    /** How the stack is doing. */
    PollerStatus status() {
        return new PollerStatus(
                id,
                audience.size(),
                cadence(),
                schedule.lastPoll(),
                failures.health(),
                failures.consecutive(),
                failures.all(),
                eventId(log.tail()),
                eventId(log.head()));
    }

    private PollCadence cadence() {
        if (!isPolling()) {
            return PollCadence.STOPPED;
        }
        if (known.isMissedOnce()) {
            return PollCadence.ACTIVE; // whether it is gone must be known soon
        }
        if (failures.consecutive() > 0) {
            return PollCadence.BACKING_OFF;
        }
        return known.isActive() ? PollCadence.ACTIVE : PollCadence.IDLE;
    }

    private @Nullable EventId eventId(long number) {
        return number == 0 ? null : new EventId(log.epoch(), number);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Takes the answers of a poll. */
    private final class Answers implements Poll.Listener {
        private Duration pause = Duration.ZERO;

        @Override
        public List<StageId> documentRead(StackDocument document) {
            audience.tell(known.documentRead(document, loop.now()));
            publishIfDue();
            return known.stagesToReconcile(document, loop.now());
        }

        @Override
        public void documentFailed(ReconcileException failure) {
            pause = failure.retryAfter();
            if (failure.code() != ErrorCode.STACK_NOT_FOUND) {
                known.documentFailed(failure.code(), failure.message()).ifPresent(audience::tellFailure);
            } else if (known.isMissing()) {
                gone(failure.message());
            } else {
                known.documentMissedOnce().ifPresent(audience::tellFailure);
            }
        }

        @Override
        public void stageReconciled(StageId stage, StageRuntime runtime) {
            audience.tell(known.stageReconciled(stage, runtime, loop.now()));
            publishIfDue();
        }

        @Override
        public void stageFailed(StageId stage, ReconcileException failure) {
            known.stageFailed(stage, failure, loop.now()).ifPresent(audience::tellFailure);
        }

        @Override
        public void ended() {
            known.pollEnded();
            schedule.pollEnded(pause, gaps.after(cadence(), failures.consecutive()));
            report.pollEnded(schedule.lastPoll(), failures);
            if (state == State.STARTING) {
                openAll();
            }
            publishIfDue();
            audience.drain();
        }
    }
}
