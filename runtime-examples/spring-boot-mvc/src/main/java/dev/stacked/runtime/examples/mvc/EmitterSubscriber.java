package dev.stacked.runtime.examples.mvc;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.EventId;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the events of one stream to one client. Sending blocks, so it is done by a task of an executor, one event at a
 * time: while a client is slow, its stream has no demand, and newer events replace older ones.
 */
final class EmitterSubscriber implements Flow.Subscriber<EncodedEvent> {
    private final SseEmitter emitter;
    private final Executor executor;
    private Flow.Subscription subscription;

    EmitterSubscriber(SseEmitter emitter, Executor executor) {
        this.emitter = emitter;
        this.executor = executor;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        emitter.onCompletion(subscription::cancel);
        emitter.onError(failure -> subscription.cancel());
        subscription.request(1);
    }

    @Override
    public void onNext(EncodedEvent event) {
        executor.execute(() -> send(event));
    }

    private void send(EncodedEvent event) {
        SseEmitter.SseEventBuilder message =
                SseEmitter.event().name(event.name()).data(event.data());
        event.id().map(EventId::toString).ifPresent(message::id);
        try {
            emitter.send(message);
            subscription.request(1);
        } catch (IOException | IllegalStateException e) {
            subscription.cancel(); // the client has gone, which the emitter reports by itself
        }
    }

    @Override
    public void onError(Throwable failure) {
        emitter.completeWithError(failure);
    }

    @Override
    public void onComplete() {
        emitter.complete();
    }
}
