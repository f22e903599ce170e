package dev.stacked.runtime.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A stack that changes at random over a log with hardly any history, and readers of all speeds. Computes naively the
 * events that each reader must have received in the end.
 */
final class LogCursorModel {
    private static final Instant AT = TestLog.AT;
    private static final int STAGES = 3;

    private final Random random;
    private final int history;
    private final TestLog log;
    private final List<LogCursorReader> readers = new ArrayList<>();
    /** The newest review-ready of each existing stage. */
    private final Map<String, Long> newestReview = new HashMap<>();

    private StackRuntime state = new StackRuntime(List.of());
    private int changes;

    LogCursorModel(Random random) {
        this.random = random;
        this.history = 1 + random.nextInt(6);
        this.log = new TestLog(history, random.nextInt(3) == 0 ? 100 + random.nextInt(1000) : Long.MAX_VALUE);
    }

    void run(int steps) {
        readers.add(connect(Optional.empty()));
        begin();
        for (int i = 0; i < steps; i++) {
            step();
        }
        readers.forEach(this::settle);
        readers.forEach(this::assertReceivedAll);
    }

    /** Emits what a first poll does: a snapshot, then each review that became ready before it. */
    private void begin() {
        for (int i = 0; i < STAGES; i++) {
            state = withStage("s" + i);
        }
        List<StreamEvent> events = new ArrayList<>(List.of(snapshot()));
        for (int i = random.nextInt(STAGES + 1); i > 0; i--) {
            events.add(new StreamEvent.ReviewReady(new StageId("s" + (i - 1)), "T", AT));
        }
        append(events);
    }

    private void step() {
        int action = random.nextInt(20);
        if (action < 8) {
            changeOneStage();
        } else if (action < 10) {
            changeStages();
        } else if (action < 12) {
            changeOutline();
        } else if (action < 13 && readers.size() < 6) {
            readers.add(connect(Optional.empty()));
        } else if (action < 14) {
            readers.set(anyReader(), connect(Optional.empty()));
        } else if (action < 16) {
            int index = anyReader();
            readers.set(index, connect(Optional.of(readers.get(index))));
        } else {
            readers.get(anyReader()).take(1 + random.nextInt(4));
        }
    }

    private int anyReader() {
        return random.nextInt(readers.size());
    }

    private LogCursorReader connect(Optional<LogCursorReader> before) {
        boolean eager = random.nextInt(4) == 0;
        Optional<EventId> last = before.flatMap(LogCursorReader::lastId);
        LogCursor cursor = last.map(id -> log.resumed(id.epoch(), id.number())).orElseGet(log::fresh);
        LogCursorReader reader = last.isPresent()
                ? LogCursorReader.resumed(cursor, before.orElseThrow(), eager)
                : LogCursorReader.fresh(cursor, log.log.head().number(), eager);
        reader.takeIfEager();
        return reader;
    }

    private StreamEvent.Snapshot snapshot() {
        return new StreamEvent.Snapshot(state, AT);
    }

    private void changeOneStage() {
        if (state.stages().isEmpty()) {
            return;
        }
        StageId stage = anyStage();
        state = state.with(stage, Any.runtime("review", ++changes));
        List<StreamEvent> events = new ArrayList<>(List.of(changed(stage)));
        if (random.nextInt(3) == 0) {
            events.add(new StreamEvent.ReviewReady(stage, "T", AT));
        }
        append(events);
    }

    private StageId anyStage() {
        return state.stages().get(random.nextInt(state.stages().size())).id();
    }

    private StreamEvent changed(StageId stage) {
        return new StreamEvent.StageChanged(
                stage, state.stage(stage).orElseThrow().runtime(), AT);
    }

    /** Several changes at once, as from one document: the state exists before it is published. */
    private void changeStages() {
        List<StageId> stages = state.stages().stream().map(StageState::id).toList();
        for (StageId stage : stages) {
            state = state.with(stage, Any.runtime("done", ++changes));
        }
        append(stages.stream().map(this::changed).toList());
    }

    private void changeOutline() {
        String stage = "s" + random.nextInt(STAGES);
        boolean there = state.stage(new StageId(stage)).isPresent();
        state = there ? withoutStage(stage) : withStage(stage);
        if (there) {
            newestReview.remove(stage);
        }
        append(List.of(snapshot()));
    }

    private StackRuntime withStage(String id) {
        List<StageState> stages = new ArrayList<>(state.stages());
        StageRuntime runtime = random.nextBoolean() ? Any.runtime("in-progress", ++changes) : null;
        stages.add(new StageState(new StageId(id), "T", StageStatus.IN_PROGRESS, runtime));
        return new StackRuntime(stages);
    }

    private StackRuntime withoutStage(String id) {
        return new StackRuntime(state.stages().stream()
                .filter(stage -> !stage.id().value().equals(id))
                .toList());
    }

    /** Emits one change, or one change per event, as if separate answers had caused them. */
    private void append(List<StreamEvent> events) {
        if (random.nextBoolean()) {
            appendChange(events);
        } else {
            events.forEach(event -> appendChange(List.of(event)));
        }
    }

    private void appendChange(List<StreamEvent> events) {
        log.append(state, events);
        long number = log.log.head().number() - events.size();
        for (StreamEvent event : events) {
            number++;
            if (event instanceof StreamEvent.ReviewReady ready) {
                newestReview.put(ready.stage().value(), number);
            }
        }
        for (LogCursorReader reader : readers) {
            reader.takeIfEager();
            reader.take(random.nextInt(3) == 0 ? 1 : 0);
        }
    }

    private void settle(LogCursorReader reader) {
        int taken = reader.takeAll();
        int most = Math.max(history, 2 * STAGES + 1) + 2 * STAGES + 1;
        assertTrue(taken <= most, () -> taken + " events were owed, with a history of " + history);
    }

    private void assertReceivedAll(LogCursorReader reader) {
        assertEquals(runtimes(), reader.runtimes());
        assertEquals(state.stages().stream().map(stage -> stage.id().value()).toList(), reader.stages());
        newestReview.forEach((stage, number) -> assertEquals(
                number > reader.beginning(),
                reader.reviews().contains(number),
                () -> "review-ready " + number + " of " + stage + " to a reader from " + reader.beginning()));
    }

    private Map<String, Integer> runtimes() {
        Map<String, Integer> todos = new HashMap<>();
        for (StageState stage : state.stages()) {
            if (stage.runtime() != null) {
                todos.put(
                        stage.id().value(),
                        stage.runtime().toJson().get("todoCompleted").intValue());
            }
        }
        return todos;
    }
}
