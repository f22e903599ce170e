package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.RefusalReason;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.core.RegistryClosedException;
import dev.stacked.runtime.core.StackNotFoundException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request with the first event of a stack's stream, and leaves the stream. The signals of the subscription
 * come on the stack's event loop and are passed on to the I/O thread, to which all else is confined.
 */
final class SnapshotAnswer implements Flow.Subscriber<EncodedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotAnswer.class);

    private final HttpServerExchange exchange;
    private final Peer peer;
    private final AccessFilter access;
    private final StreamAdmission.Permit permit;
    private final ProgressTimer timer;
    private @Nullable WaitingState waiting;
    private Flow.@Nullable Subscription subscription;
    private boolean over;

    /** @param writeTimeout how long the client may take for the answer */
    SnapshotAnswer(
            HttpServerExchange exchange, AccessFilter access, StreamAdmission.Permit permit, Duration writeTimeout) {
        this.exchange = exchange;
        this.peer = Peer.of(exchange);
        this.access = access;
        this.permit = permit;
        this.timer = new ProgressTimer(exchange.getIoThread(), writeTimeout, access.nanoTime(), peer::close);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        peer.watch(received -> {}, this::left);
        newSubscription.request(1);
    }

    /** A snapshot is the first event of a stream, unless none could be had in time: then it is an error, without id. */
    @Override
    public void onNext(EncodedEvent event) {
        answerBy(() -> event.id().ifPresentOrElse(id -> send(id, event), this::sendUnavailable));
    }

    @Override
    public void onError(Throwable failure) {
        answerBy(() -> {
            if (failure instanceof StackNotFoundException) {
                ErrorResponse.stackNotFound().send(exchange);
            } else if (failure instanceof RegistryClosedException) {
                access.refuse(exchange, RefusalReason.DRAINING);
            } else {
                LOG.error("A snapshot could not be had", failure);
                ErrorResponse.internal().send(exchange);
            }
        });
    }

    @Override
    public void onComplete() {
        answerBy(() -> access.refuse(exchange, RefusalReason.DRAINING));
    }

    private void answerBy(Runnable answer) {
        try {
            exchange.getIoThread().execute(() -> {
                if (!over) {
                    unsubscribe();
                    limitTime();
                    peer.refusing();
                    answer.run();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The server has stopped, and with it its connections", e);
        }
    }

    private void unsubscribe() {
        over = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** The permit is held until the client has taken the answer, at most for the write timeout. */
    private void limitTime() {
        timer.start();
        exchange.addExchangeCompleteListener((completed, next) -> {
            giveBack();
            next.proceed();
        });
    }

    /** The client is gone, with its answer or without. */
    private void left() {
        giveBack();
        if (!over) {
            unsubscribe();
            peer.close();
        }
    }

    private void giveBack() {
        permit.release();
        timer.end();
        if (waiting != null) {
            waiting.release();
        }
    }

    private void sendUnavailable() {
        ErrorResponse.unavailable(
                        "upstream-unavailable",
                        "The upstream has not reported the state of the stack yet.",
                        access.admission().retryAfter())
                .send(exchange);
    }

    private void send(EventId id, EncodedEvent snapshot) {
        String tag = "W/\"" + id + "\"";
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.ETAG, tag);
        headers.put(Headers.CACHE_CONTROL, "private, no-cache");
        if (isKnown(tag)) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            exchange.endExchange();
            return;
        }
        waiting = WaitingState.of(exchange, snapshot).orElse(null);
        if (waiting == null) {
            headers.remove(Headers.ETAG);
            access.refuse(exchange, RefusalReason.WAITING_BYTES);
            return;
        }
        headers.put(Headers.CONTENT_TYPE, "application/json");
        // Shared by all answers that wait for their clients. To HEAD, Undertow sends no more than the headers.
        exchange.getResponseSender().send(snapshot.utf8());
    }

    private boolean isKnown(String tag) {
        HeaderValues known = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
        if (known == null) {
            return false;
        }
        for (String element : String.join(",", known).split(",", -1)) {
            String candidate = element.strip();
            if (candidate.equals("*") || candidate.equals(tag) || ("W/" + candidate).equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
