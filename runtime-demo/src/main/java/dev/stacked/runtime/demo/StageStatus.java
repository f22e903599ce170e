package dev.stacked.runtime.demo;

/** Status of a stage. */
enum StageStatus {
    NOT_STARTED("not-started"),
    IN_PROGRESS("in-progress"),
    REVIEW("review"),
    APPROVED("approved"),
    DONE("done");

    private final String value;

    StageStatus(String value) {
        this.value = value;
    }

    /** The status on the wire. */
    String value() {
        return value;
    }
}
