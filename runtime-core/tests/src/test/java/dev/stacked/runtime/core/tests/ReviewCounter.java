package dev.stacked.runtime.core.tests;

import dev.stacked.runtime.core.EncodedEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Flow;

/** A subscriber that counts the review-readies of each stage. */
final class ReviewCounter implements Flow.Subscriber<EncodedEvent> {
    private final Map<String, Integer> counts = new HashMap<>();

    int count(String stage) {
        return counts.getOrDefault(stage, 0);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(EncodedEvent event) {
        if (event.name().equals("review-ready")) {
            counts.merge(Rig.json(event).get("stageId").stringValue(), 1, Integer::sum);
        }
    }

    @Override
    public void onError(Throwable failure) {
        throw new AssertionError("A stack has failed.", failure);
    }

    @Override
    public void onComplete() {}
}
