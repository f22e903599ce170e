package dev.stacked.runtime.bench.clients;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls an upstream as the server does, and prints the cost of a call: stacks that are polled every 2 s, each by a
 * {@code GET} and, when it is answered, a {@code POST}. The next step of a stack always runs on its event loop.
 *
 * <p>Arguments: name of the client, URL of the upstream, stacks, seconds to warm up, seconds to measure.
 */
public final class ClientBench {
    private static final long INTERVAL_MS = 2_000;
    private static final String RECONCILE = "/stages/stage-1/implementation/reconcile";
    private static final int SERVED_STACKS = 1000; // by the upstream
    private static final double TICKS_PER_SECOND = 100; // of /proc

    private final Client client;
    private final List<ScheduledExecutorService> loops;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private ClientBench(Client client) {
        this.client = client;
        this.loops = client.loops();
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        String name = args[0];
        int stacks = Integer.parseInt(args[2]);
        try (Client client = client(name, URI.create(args[1]))) {
            new ClientBench(client).run(name, stacks, Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        }
        System.exit(0); // whatever threads a client has left
    }

    private static Client client(String name, URI base) throws Exception {
        return switch (name) {
            case "none" -> new NoClient();
            case "jdk" -> new JdkClient(base);
            case "apache" -> new ApacheClient(base);
            case "jetty" -> new JettyClient(base);
            case "undertow" -> new BenchUndertowClient(base);
            case "reactor" -> new ReactorClient(base, false);
            case "reactor-shared" -> new ReactorClient(base, true);
            case "vertx" -> new VertxClient(base, false);
            case "vertx-shared" -> new VertxClient(base, true);
            case "netty" -> new NettyClient(base, false);
            case "netty-shared" -> new NettyClient(base, true);
            case "reconciler" -> new ReconcilerClient(base);
            default -> throw new IllegalArgumentException("No client '" + name + "'.");
        };
    }

    private void run(String name, int stacks, int warmUpSeconds, int seconds) throws Exception {
        List<Caller> callers = loops.stream().map(Caller::new).toList();
        for (int stack = 0; stack < stacks; stack++) {
            Caller caller = callers.get(stack % callers.size());
            caller.poll(
                    "/api/stacks/s" + stack % SERVED_STACKS,
                    ThreadLocalRandom.current().nextLong(INTERVAL_MS));
        }
        Thread.sleep(warmUpSeconds * 1000L);
        try (AllocatedBytes allocated = new AllocatedBytes()) {
            double cpu = cpuSeconds();
            long before = calls.sum();
            long bytes = allocated.sum();
            Thread.sleep(seconds * 1000L);
            double cost = cpuSeconds() - cpu;
            long made = calls.sum() - before;
            bytes = allocated.sum() - bytes;
            System.out.printf(
                    "%-15s %7.0f calls/s %6.1f us/call %7.0f bytes/call %3d threads %d failed%n",
                    name,
                    made / (double) seconds,
                    cost * 1e6 / made,
                    bytes / (double) made,
                    ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                    failures.sum());
        }
    }

    /** The calls of one event loop, of which some wait, as the server limits how many are under way. */
    private final class Caller {
        private final ScheduledExecutorService loop;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int active;

        Caller(ScheduledExecutorService loop) {
            this.loop = loop;
        }

        void poll(String path, long delayMs) {
            loop.schedule(
                    () -> {
                        poll(path, INTERVAL_MS);
                        call("GET", path, () -> call("POST", path + RECONCILE, () -> {}));
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
        }

        private void call(String method, String path, Runnable next) {
            if (active < Client.CONNECTIONS / loops.size()) {
                active++;
                start(method, path, next);
            } else {
                waiting.add(() -> start(method, path, next));
            }
        }

        private void start(String method, String path, Runnable next) {
            client.call(method, path).whenComplete((body, failure) -> {
                if (client.answersOnLoop()) {
                    answered(body, failure, next);
                } else {
                    loop.execute(() -> answered(body, failure, next));
                }
            });
        }

        private void answered(byte[] body, Throwable failure, Runnable next) {
            calls.increment();
            if (failure != null || body.length == 0 || body[0] != '{') {
                failures.increment();
            }
            Runnable first = waiting.poll();
            if (first == null) {
                active--;
            } else {
                first.run();
            }
            next.run();
        }
    }

    private static double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
}
