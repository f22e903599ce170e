package dev.stacked.runtime.demo;

import java.util.List;

/** The stacks behind an upstream's routes. Called by one thread at a time. */
interface Stacks {
    /** The ids of the existing stacks. */
    List<String> ids();

    /** Answers a request for a stack's document. */
    Answer document(String stackId);

    /** Answers a request to reconcile a stage. */
    Answer reconcile(String stackId, String stageId);
}
