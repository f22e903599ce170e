package dev.stacked.runtime.examples.reactive;

import dev.stacked.runtime.core.EncodedEvent;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

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
                .filter(event -> event.name().equals("review-ready"))
                .map(ReviewInbox::title);
    }

    private static String title(EncodedEvent event) {
        return JsonMapper.shared().readTree(event.data()).get("stageTitle").stringValue();
    }
}
