package dev.stacked.runtime.app.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One attack on one server: runs it, watches the ordinary clients, and examines the server afterwards. */
final class Round {
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final Duration MAX_GAP =
            Target.HEARTBEAT_INTERVAL.multipliedBy(5).dividedBy(2);
    private static final long SAMPLE_MILLIS = 250;
    private static final long MEBIBYTE = 1 << 20;

    private final Attack attack;
    private final Target target;
    private final Arena arena;
    private final Vitals before;
    private final List<String> problems = new ArrayList<>();
    private long peakDirect;
    private long peakResident;
    private @Nullable Vitals after;
    private Duration recovery = RECOVERY;

    /** @param address local address of the attacker */
    Round(Attack attack, Target target, InetAddress address, Length length) {
        this.attack = attack;
        this.target = target;
        this.before = target.before();
        this.arena = new Arena(target.attacker(), address, length);
    }

    /** Runs the attack, prints its figures in one line, and returns all violations. */
    List<String> run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Newcomers.Admission admission;
        long end;
        try (arena;
                Newcomers newcomers = Newcomers.start(target.ordinary())) {
            arena.begin(attack);
            watchUntil(begin + arena.length().attack().toNanos());
            arena.end();
            end = System.nanoTime();
            if (!attack.has(Attack.Trait.LIVES_ON)) {
                arena.close();
            }
            admission = newcomers.stop();
            awaitRecovery(end);
        }
        Readers.Observation observed = target.readers().between(begin, end);
        judge(observed, admission);
        System.out.println(figures(observed, admission, Duration.ofNanos(end - begin)));
        return problems;
    }

    private void watchUntil(long end) throws InterruptedException {
        int unanswered = 0;
        while (System.nanoTime() - end < 0 && target.server().isAlive()) {
            try {
                peakDirect = Math.max(peakDirect, target.probe().direct());
                peakResident = Math.max(peakResident, target.probe().resident());
            } catch (IOException e) {
                unanswered++;
            }
            arena.pause(SAMPLE_MILLIS);
        }
        if (unanswered > 0) {
            problems.add("the admin port gave no answer " + unanswered + " times");
        }
    }

    private void awaitRecovery(long end) throws InterruptedException {
        List<String> notBack;
        do {
            notBack = examine();
            recovery = Duration.ofNanos(System.nanoTime() - end);
            if (notBack.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SAMPLE_MILLIS));
        } while (recovery.compareTo(RECOVERY) < 0 && target.server().isAlive());
        problems.addAll(notBack);
    }

    private List<String> examine() throws InterruptedException {
        try {
            Vitals now = target.probe().measure();
            after = now;
            return now.notBack(before, arena.openConnections());
        } catch (IOException e) {
            return List.of("cannot be examined: " + e.getMessage());
        }
    }

    private void judge(Readers.Observation observed, Newcomers.Admission admission) throws IOException {
        if (!target.server().isAlive()) {
            problems.add("the server ended: " + target.server().obituary());
        }
        if (!observed.ended().isEmpty()) {
            problems.add(observed.ended().size() + " readers were cut off, such as "
                    + observed.ended().get(0));
        }
        if (observed.missed() > 0) {
            problems.add(observed.missed() + " heartbeats were missed");
        }
        if (observed.longestGap().compareTo(MAX_GAP) > 0) {
            problems.add("a reader waited " + seconds(observed.longestGap()) + " for a heartbeat");
        }
        if (!admission.refused().isEmpty() || admission.admitted() == 0) {
            problems.add("newcomers were refused: " + admission.refused());
        }
        if (arena.length() == Length.LONG && attack.has(Attack.Trait.MUST_BE_CUT_OFF) && arena.cutOff() == 0) {
            problems.add("the server ended none of the attacker's connections");
        }
    }

    private String figures(Readers.Observation observed, Newcomers.Admission admission, Duration time) {
        return String.join(
                "; ",
                "%s [%s] %s"
                        .formatted(
                                attack.name(),
                                target.ordinary().endpoint().listener(),
                                problems.isEmpty() ? "holds" : "FAILS"),
                "%,d sent in %s, connections %,d, cut off %,d"
                        .formatted(arena.sent(), seconds(time), arena.connected(), arena.cutOff()),
                "readers %d, heartbeats %d, missed %d, longest gap %s"
                        .formatted(
                                observed.readers(),
                                observed.heartbeats(),
                                observed.missed(),
                                seconds(observed.longestGap())),
                "newcomers %d, refused %d, slowest %s"
                        .formatted(admission.admitted(), admission.refused().size(), seconds(admission.slowest())),
                resources());
    }

    private String resources() {
        if (after == null) {
            return "not measured afterwards, direct peak %s MiB, RSS peak %s MiB"
                    .formatted(mebibytes(peakDirect), mebibytes(peakResident));
        }
        return ("heap %s → %s MiB, direct %s → %s MiB (peak %s), RSS %s → %s MiB (peak %s), descriptors %d → %d,"
                        + " threads %d → %d, our objects %d → %d, client streams %d → %d, examined after %s")
                .formatted(
                        mebibytes(before.heap()),
                        mebibytes(after.heap()),
                        mebibytes(before.direct()),
                        mebibytes(after.direct()),
                        mebibytes(peakDirect),
                        mebibytes(before.resident()),
                        mebibytes(after.resident()),
                        mebibytes(peakResident),
                        before.descriptors(),
                        after.descriptors(),
                        before.threads(),
                        after.threads(),
                        before.ours(),
                        after.ours(),
                        before.streams(),
                        after.streams(),
                        seconds(recovery));
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", (double) bytes / MEBIBYTE);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }
}
