package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.CallContext;
import dev.stacked.runtime.core.CallTurn;
import io.github.resilience4j.retry.Retry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: it makes attempts until one succeeds, a retry cannot help, or there is not enough time for another. It is
 * the future of its own result; cancelling it closes the connection and frees its permit. Each attempt is one span of
 * the trace. Everything but {@link #cancel} and {@link #admitted} runs on one event loop.
 *
 * <pre>
 * WAITING ──permit──► ADMITTED ──turn──► ATTEMPT ──answer──► ENDED
 *    ▲                                     │ └──no retry, cancelled──► ENDED
 *    └───────────── PAUSED ◄──retry────────┘
 * </pre>
 */
final class HttpCall<T> extends CompletableFuture<T> implements ConcurrencyLimit.Waiter, Exchange.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);
    /** An attempt with less time than this is not made: it would only cause load. */
    static final Duration MIN_ATTEMPT = Duration.ofMillis(50);

    private enum State {
        WAITING,
        ADMITTED,
        ATTEMPT,
        PAUSED,
        ENDED
    }

    private final Upstream upstream;
    private final EventLoop loop;
    private final UpstreamRequest<T> request;
    private final CallContext context;
    private final Trace trace;

    private State state = State.WAITING;
    private int attempts;
    /** Created with the first failure: most calls have none. */
    private Retry.@Nullable AsyncContext<T> retries;

    private @Nullable Future<?> timer;
    /** For the limit on calls per second. */
    private CallTurn turn = CallTurn.TAKEN;

    // Of the current attempt.
    private long started;
    private String parent = "";
    private @Nullable Exchange exchange;
    private boolean notModified;

    HttpCall(Upstream upstream, EventLoop loop, UpstreamRequest<T> request, CallContext context) {
        this.upstream = upstream;
        this.loop = loop;
        this.request = request;
        this.context = context;
        this.trace = new Trace(request.stack(), context, upstream.random());
    }

    /** Makes the first attempt, now or on the call's loop. */
    void start() {
        onLoop(this::await);
    }

    /** Waits for a permit, and then for a turn. Waiting takes none of the call's time. */
    private void await() {
        if (isDone()) {
            return;
        }
        state = State.WAITING;
        context.suspendDeadline();
        if (upstream.limit().enter(this)) {
            awaitTurn();
        }
    }

    @Override
    public boolean admitted() {
        try {
            loop.execute(this::awaitTurn);
            return true;
        } catch (RejectedExecutionException e) {
            completeExceptionally(request.endpoint().report(e));
            return false;
        }
    }

    private void awaitTurn() {
        if (!endIfDone()) {
            state = State.ADMITTED;
            turn = context.awaitTurn(loop, this::attempt);
        }
    }

    /** Passes the permit on if the call is not wanted any more; returns whether that is so. */
    private boolean endIfDone() {
        if (isDone()) {
            state = State.ENDED;
            upstream.limit().release();
        }
        return state == State.ENDED;
    }

    private void attempt() {
        if (endIfDone()) {
            return;
        }
        context.resumeDeadline();
        state = State.ATTEMPT;
        attempts++;
        notModified = false;
        started = upstream.now();
        upstream.meters().began(attempts > 1);
        if (!upstream.breaker().permits()) {
            ended(null, upstream.breaker().suspended());
            return;
        }
        parent = trace.nextParent();
        try {
            Duration time = timeLimit();
            timer = upstream.timers().schedule(loop, () -> expire(time), time.toNanos());
            exchange = new Exchange(upstream.pool(loop), request.head(), parent, request.earlier(), this::repeat, this);
            exchange.start();
        } catch (RuntimeException | Error e) { // such as one of a supplier of headers
            disconnect();
            settle(null, interpreted(e));
        }
    }

    private void repeat(Runnable attempt) {
        turn = context.awaitTurn(loop, attempt);
    }

    /** The timeout or the remaining time, whichever is shorter. */
    private Duration timeLimit() {
        Duration left = context.timeLeft();
        Duration usable = left.compareTo(MIN_ATTEMPT) < 0 ? MIN_ATTEMPT : left;
        Duration timeout = upstream.timeout();
        return usable.compareTo(timeout) < 0 ? usable : timeout;
    }

    @Override
    public void answered(Answer answer) {
        exchange = null;
        notModified = answer.isConfirmation();
        try {
            settle(request.read(answer), null);
        } catch (AttemptException e) {
            log(answer.status() + ", " + e.code().wireName(), e);
            settle(null, e);
        } catch (RuntimeException | Error e) {
            settle(null, e);
        }
    }

    @Override
    public void lost(Throwable failure) {
        exchange = null;
        settle(null, interpreted(failure));
    }

    private void expire(Duration time) {
        if (state == State.ATTEMPT) {
            boolean connected = exchange != null && exchange.isConnected();
            disconnect();
            settle(null, interpreted(new UpstreamTimeoutException(time, connected)));
        }
    }

    private Throwable interpreted(Throwable failure) {
        if (!(failure instanceof Exception exception)) {
            return failure;
        }
        log(failure.getClass().getSimpleName(), null);
        return request.endpoint().lost(exception);
    }

    /** An attempt that was made has ended. */
    private void settle(@Nullable T value, @Nullable Throwable failure) {
        if (state != State.ATTEMPT) {
            return;
        }
        stopTimer();
        upstream.breaker().record(upstream.now() - started, failure);
        ended(value, failure);
    }

    private void ended(@Nullable T value, @Nullable Throwable failure) {
        upstream.meters().ended(request.endpoint(), upstream.now() - started, notModified, failure);
        state = State.ENDED;
        upstream.limit().release();
        if (isDone()) {
            return; // cancelled
        }
        if (failure == null) {
            complete(value);
        } else {
            retry(failure);
        }
    }

    private void retry(Throwable failure) {
        Retry.AsyncContext<T> policy = retries == null ? upstream.retry().asyncContext() : retries;
        retries = policy;
        Duration pause = Duration.ofMillis(policy.onError(failure));
        if (pause.isNegative()
                || !mayHelp(failure)
                || loop.isShuttingDown()
                || context.timeLeft().compareTo(pause.plus(MIN_ATTEMPT)) < 0) {
            completeExceptionally(request.endpoint().report(failure));
            return;
        }
        state = State.PAUSED;
        pause(pause, this::await);
    }

    private void pause(Duration length, Runnable then) {
        try {
            timer = upstream.timers().schedule(loop, then, length.toNanos());
        } catch (RejectedExecutionException e) {
            completeExceptionally(request.endpoint().report(e));
        }
    }

    private boolean mayHelp(Throwable failure) {
        return failure instanceof AttemptException attempt && attempt.isRetryableAfter(attempts);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            try {
                onLoop(this::abandon);
            } catch (RejectedExecutionException e) {
                LOG.debug("A call was cancelled after the end of its event loop", e);
            }
        }
        return cancelled;
    }

    private void abandon() {
        switch (state) {
            case WAITING -> upstream.limit().leave(this); // if it was admitted already, it passes the permit on
            case ADMITTED -> {
                turn.giveUp();
                state = State.ENDED;
                upstream.limit().release();
            }
            case ATTEMPT -> {
                disconnect();
                settle(null, new CancellationException());
            }
            case PAUSED -> stopTimer();
            case ENDED -> {}
        }
    }

    private void disconnect() {
        turn.giveUp();
        if (exchange != null) {
            exchange.abandon();
            exchange = null;
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void onLoop(Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    private void log(String what, @Nullable AttemptException detail) {
        if (LOG.isDebugEnabled()) {
            String words = detail == null ? "" : detail.detail();
            trace.log(() -> LOG.debug(
                    "{} failed: {}{} (traceparent {})", request, what, words.isEmpty() ? "" : ", " + words, parent));
        }
    }
}
