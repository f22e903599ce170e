package dev.stacked.runtime.demo;

/**
 * The fixed properties of a stage.
 *
 * @param id unique within its stack
 * @param title for people
 * @param trouble schedule of its failing reconciles
 */
record DemoStage(String id, String title, Fault trouble) {
    /** A stage whose reconcile never fails. */
    DemoStage(String id, String title) {
        this(id, title, Fault.NEVER);
    }
}
