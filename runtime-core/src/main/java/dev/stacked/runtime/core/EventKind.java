package dev.stacked.runtime.core;

/** The kinds of events. The wire name of {@code error} is configurable. */
enum EventKind {
    SNAPSHOT("snapshot"),
    STAGE_RUNTIME("stage-runtime"),
    REVIEW_READY("review-ready"),
    HEARTBEAT("heartbeat"),
    ERROR("error");

    private final String wireName;

    EventKind(String wireName) {
        this.wireName = wireName;
    }

    static EventKind of(StreamEvent event) {
        if (event instanceof StreamEvent.Snapshot) {
            return SNAPSHOT;
        }
        if (event instanceof StreamEvent.StageChanged) {
            return STAGE_RUNTIME;
        }
        if (event instanceof StreamEvent.ReviewReady) {
            return REVIEW_READY;
        }
        return event instanceof StreamEvent.Heartbeat ? HEARTBEAT : ERROR;
    }

    /** The kind of an event by its name. Any other name is that of errors, which is configurable. */
    static EventKind named(String name) {
        for (EventKind kind : values()) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        return ERROR;
    }

    /** The name that it has unless it was given another. */
    String wireName() {
        return wireName;
    }
}
