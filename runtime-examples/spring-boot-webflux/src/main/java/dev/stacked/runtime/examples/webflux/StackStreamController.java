package dev.stacked.runtime.examples.webflux;

import dev.stacked.runtime.core.EventId;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackNotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** Streams stacks over Server-Sent Events. A slow client gets the newest state, not a backlog. */
@RestController
class StackStreamController {
    private final PollerRegistry registry;

    StackStreamController(PollerRegistry registry) {
        this.registry = registry;
    }

    @GetMapping("/api/stacks/{id}/runtime/stream")
    Flux<ServerSentEvent<String>> stream(
            @PathVariable String id, @RequestHeader(name = "Last-Event-ID", required = false) String lastEventId) {
        return JdkFlowAdapter.flowPublisherToFlux(registry.stream(new StackId(id), lastEventId))
                .map(event -> ServerSentEvent.builder(event.data())
                        .event(event.name())
                        .id(event.id().map(EventId::toString).orElse(null))
                        .build());
    }

    @ExceptionHandler(StackNotFoundException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void notFound() {}
}
