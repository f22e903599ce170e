package dev.stacked.runtime.demo;

/**
 * What never changes of a stage.
 *
 * @param id unique within its stack
 * @param title for people
 * @param trouble when its reconcile fails
 */
record DemoStage(String id, String title, Fault trouble) {
    /** A stage without trouble. */
    DemoStage(String id, String title) {
        this(id, title, Fault.NEVER);
    }
}
