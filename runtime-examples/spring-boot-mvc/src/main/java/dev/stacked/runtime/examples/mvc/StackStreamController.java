package dev.stacked.runtime.examples.mvc;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import dev.stacked.runtime.core.StackNotFoundException;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Streams stacks over Server-Sent Events. A slow client gets the newest state, not a backlog. */
@RestController
class StackStreamController {
    private static final long NO_TIMEOUT = 0;

    private final PollerRegistry registry;
    private final Executor executor;

    StackStreamController(PollerRegistry registry, @Qualifier("applicationTaskExecutor") Executor executor) {
        this.registry = registry;
        this.executor = executor;
    }

    @GetMapping("/api/stacks/{id}/runtime/stream")
    SseEmitter stream(
            @PathVariable String id, @RequestHeader(name = "Last-Event-ID", required = false) String lastEventId) {
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        registry.stream(new StackId(id), lastEventId).subscribe(new EmitterSubscriber(emitter, executor));
        return emitter;
    }

    @ExceptionHandler(StackNotFoundException.class)
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void notFound() {}
}
