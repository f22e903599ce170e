package dev.stacked.runtime.core;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a log after one change: everything that a reader needs besides the entries. Immutable.
 *
 * @param number number of the newest entry; 0 before the first
 * @param tail number of the oldest entry that is kept; 0 before the first
 * @param journal number of the newest change with events in its event loop's {@link Journal}
 * @param phase whether readers may start
 * @param openedAt number of the newest entry when the log was opened last
 * @param snapshots the state; null before the first snapshot event
 * @param reviewReadies the newest review-ready of each stage, in the order of their numbers; they outlive the ring
 * @param current the failure that a new reader is sent; null if none
 * @param error the newest error, if its cause lasts; null otherwise
 * @param errorVersion rises with every error that is published; 0 without one
 * @param heartbeat the newest heartbeat; null before the first
 * @param heartbeatVersion rises with every heartbeat
 * @param end why the log ended; null while it has not
 */
record Head(
        long number,
        long tail,
        long journal,
        Phase phase,
        long openedAt,
        @Nullable Snapshots snapshots,
        List<LogEntry> reviewReadies,
        @Nullable EncodedEvent current,
        @Nullable EncodedEvent error,
        long errorVersion,
        @Nullable EncodedEvent heartbeat,
        long heartbeatVersion,
        @Nullable StreamEnd end) {

    /**
     * Whether the readers of a log may start.
     *
     * <pre>
     * CLOSED ──first poll over, or too slow──▶ OPEN ──last reader left──▶ CLOSED
     *    └──────────────────────▶ ENDED ◀───────┘
     * </pre>
     */
    enum Phase {
        /** Readers wait for the stack's first poll. */
        CLOSED,
        /** Readers start at once. */
        OPEN,
        /** Readers end after the events that are due. */
        ENDED
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** The first review-ready after {@code position} that is not superseded; null if none. */
    @Nullable
    LogEntry reviewReadyAfter(long position) {
        for (LogEntry entry : reviewReadies) {
            if (entry.number() > position) {
                return entry;
            }
        }
        return null;
    }

    /** The state as a snapshot with the given number. The log must not be empty. */
    EncodedEvent snapshotAt(long snapshotNumber) {
        return Objects.requireNonNull(snapshots, "A log starts with a snapshot.")
                .at(snapshotNumber);
    }
}
