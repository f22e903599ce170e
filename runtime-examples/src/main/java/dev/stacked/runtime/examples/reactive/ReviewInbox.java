package dev.stacked.runtime.examples.reactive;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StreamEvent;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** The titles of stages that become ready for review, as a Reactor {@code Flux}. */
public final class ReviewInbox {
    private final PollerRegistry registry;

    /** Reads the streams of this registry. */
    public ReviewInbox(PollerRegistry registry) {
        this.registry = registry;
    }

    /** Titles of one stack's stages, as they become ready. */
    public Flux<String> titles(StackId stack) {
        return JdkFlowAdapter.flowPublisherToFlux(registry.stream(stack))
                .map(EncodedEvent::decode)
                .ofType(StreamEvent.ReviewReady.class)
                .map(StreamEvent.ReviewReady::title);
    }
}
