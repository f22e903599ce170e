package dev.stacked.runtime.core;

import dev.stacked.runtime.core.PollerStatus.LastPoll;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Meters and log lines of one stack: when polling begins and ends, when the stack begins to fail and when it recovers.
 * The log has codes and reasons only, as messages may quote the upstream. Confined to the stack's event loop.
 */
final class PollerReport {
    private static final Logger LOG = LoggerFactory.getLogger(StackPoller.class);
    /** Names in the diagnostic context of the log. */
    private static final String STACK = "stack";

    private static final String POLL = "poll";

    /** More are counted only, so that a stack of many stages makes no long line. */
    private static final int MAX_CAUSES = 3;

    private final StackId stack;
    private final String epoch;
    private final PollerMeters meters;
    private UpstreamHealth last = UpstreamHealth.OK;
    private long polls;

    /** @param epoch identifies this poller */
    PollerReport(StackId stack, String epoch, PollerMeters meters) {
        this.stack = stack;
        this.epoch = epoch;
        this.meters = meters;
    }

    void pollingBegan() {
        meters.pollingBegan();
        LOG.debug("Stack {}: first reader joined, polling begins", stack.value());
    }

    void pollingEnded() {
        meters.pollingEnded();
        LOG.debug("Stack {}: last reader left, polling ends", stack.value());
    }

    /** The id of the next poll, among all polls of all stacks. */
    String nextPoll() {
        polls++;
        return poll();
    }

    private String poll() {
        return epoch + "." + polls;
    }

    /** The upstream has answered; {@code changed} if that has changed the stack. */
    void answered(PollerMeters.Route route, boolean changed) {
        meters.answered(route, changed ? PollerMeters.Found.CHANGED : PollerMeters.Found.UNCHANGED);
    }

    /** A call has failed. */
    void failed(PollerMeters.Route route) {
        meters.answered(route, PollerMeters.Found.FAILED);
    }

    void pollEnded(@Nullable LastPoll poll, Failures failures) {
        UpstreamHealth health = failures.health();
        meters.polled(poll, health);
        if (health != last) {
            last = health;
            MDC.put(STACK, stack.value());
            MDC.put(POLL, poll());
            log(health, failures);
            MDC.remove(STACK);
            MDC.remove(POLL);
        }
    }

    private void log(UpstreamHealth health, Failures failures) {
        switch (health) {
            case OK -> LOG.info("Stack {}: the upstream answers again", stack.value());
            case DEGRADED -> LOG.warn("Stack {}: some stages fail: {}", stack.value(), causes(failures));
            case DOWN -> LOG.warn("Stack {}: cannot be read: {}", stack.value(), causes(failures));
        }
    }

    private static String causes(Failures failures) {
        List<String> causes = failures.withReasons().stream()
                .map(PollerReport::cause)
                .distinct()
                .toList();
        String named = causes.stream().limit(MAX_CAUSES).collect(Collectors.joining(", "));
        int others = causes.size() - MAX_CAUSES;
        return others > 0 ? named + " and " + others + " others" : named;
    }

    private static String cause(PollerStatus.Failing failing) {
        String code = failing.failure().code().wireName();
        return failing.reason() == null ? code : code + " (" + failing.reason() + ")";
    }
}
