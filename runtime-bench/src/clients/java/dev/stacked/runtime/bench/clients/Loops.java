package dev.stacked.runtime.bench.clients;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;

/** Event loops as the server has them. */
final class Loops {
    private Loops() {}

    static List<ScheduledExecutorService> executors(int count) {
        return IntStream.range(0, count)
                .<ScheduledExecutorService>mapToObj(index -> {
                    ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1, task -> {
                        Thread thread = new Thread(task, "loop-" + index);
                        thread.setDaemon(true);
                        return thread;
                    });
                    loop.setRemoveOnCancelPolicy(true);
                    return loop;
                })
                .toList();
    }
}
