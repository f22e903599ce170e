package dev.stacked.runtime.app.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The resources of the server at one time.
 *
 * @param heap bytes of reachable objects, after a full collection
 * @param direct bytes of direct buffers
 * @param resident resident bytes of the process
 * @param ours reachable objects of the transports, and exchanges of the HTTP server
 * @param streams reachable objects that represent a client's stream
 * @param gauges streams, subscribers, pollers and stacks
 * @param classes bytes of the reachable objects of each class
 */
record Vitals(
        long heap,
        long direct,
        long resident,
        int descriptors,
        int threads,
        int ours,
        int streams,
        Map<String, Double> gauges,
        Map<String, Long> classes) {
    /** Compiled regular expressions, meters and connection pools that remain after the first use of a route. */
    private static final long HEAP_TOLERANCE = 4L << 20;
    /** The pools of the HTTP server and of TLS: 128 buffers of 16 KiB each, and some per thread. */
    private static final long DIRECT_TOLERANCE = 6L << 20;
    /** Connections to the upstream, to the admin port, and files that the JVM opens by itself. */
    private static final int DESCRIPTOR_TOLERANCE = 6;
    /** The JDK's HTTP client and the attaching diagnostic tool start some on demand. */
    private static final int THREAD_TOLERANCE = 4;
    /** Heartbeats and polls under way, and constants of classes that are used for the first time. */
    private static final int OURS_TOLERANCE = 40;
    /** Objects of a connection itself: its buffers, limits and timers. */
    private static final int OURS_PER_CONNECTION = 80;

    private static final int MAX_CLASSES = 8;

    /**
     * Describes the resources that have grown.
     *
     * @param connections the attacker's connections that are still open
     */
    List<String> notBack(Vitals before, int connections) {
        List<String> problems = new ArrayList<>();
        if (require(problems, "heap", heap, before.heap, HEAP_TOLERANCE)) {
            problems.add("most of it in " + growth(before, name -> true));
        }
        require(problems, "direct memory", direct, before.direct, DIRECT_TOLERANCE);
        require(problems, "descriptors", descriptors, before.descriptors, DESCRIPTOR_TOLERANCE + connections);
        require(problems, "threads", threads, before.threads, THREAD_TOLERANCE);
        if (require(problems, "our objects", ours, before.ours, OURS_TOLERANCE + OURS_PER_CONNECTION * connections)) {
            problems.add("most of them " + growth(before, VitalsProbe::isOurs));
        }
        require(problems, "client streams", streams, before.streams, 0);
        before.gauges.forEach((name, value) -> {
            if (!value.equals(gauges.get(name))) {
                problems.add("%s is %s, was %s".formatted(name, gauges.get(name), value));
            }
        });
        return problems;
    }

    /** The classes whose objects have grown, largest first. */
    private List<String> growth(Vitals before, Predicate<String> wanted) {
        Map<String, Long> more = new TreeMap<>(classes);
        before.classes.forEach((name, bytes) -> more.merge(name, -bytes, Long::sum));
        return more.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MAX_CLASSES)
                .map(entry -> "%s (%,d bytes)".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean require(List<String> problems, String what, long now, long before, long tolerance) {
        if (now > before + tolerance) {
            problems.add("%s is %,d, was %,d, tolerance %,d".formatted(what, now, before, tolerance));
            return true;
        }
        return false;
    }
}
