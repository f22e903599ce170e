package dev.stacked.runtime.demo;

import java.util.List;

/** The stacks behind an upstream's routes. One thread at a time asks them. */
interface Stacks {
    /** The ids of the stacks that are there. */
    List<String> ids();

    /** Answers for a stack's document. */
    Answer document(String stackId);

    /** Answers for the reconcile of a stage. */
    Answer reconcile(String stackId, String stageId);
}
