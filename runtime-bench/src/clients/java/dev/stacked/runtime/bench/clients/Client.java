package dev.stacked.runtime.bench.clients;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** An HTTP client under test: HTTP/1.1, keep-alive, a time limit of 10 s, whole bodies. */
interface Client extends AutoCloseable {
    int CONNECTIONS = 16;
    int TIMEOUT_SECONDS = 10;
    String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** Calls the path; the answer may come on any thread. */
    CompletionStage<byte[]> call(String method, String path);

    /** The event loops that the calls are made from. Default: two executors that know nothing of I/O. */
    default List<ScheduledExecutorService> loops() {
        return Loops.executors(2);
    }

    /** Whether an answer comes on the loop that made the call, so that it need not be handed back. */
    default boolean answersOnLoop() {
        return false;
    }

    @Override
    void close() throws Exception;
}
