package dev.stacked.runtime.transport.undertow;

import dev.stacked.runtime.access.AccessScope;
import dev.stacked.runtime.access.AuthorizedRequest;
import dev.stacked.runtime.access.OriginPolicy;
import dev.stacked.runtime.access.StreamAdmission;
import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.StackId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/**
 * Opens streams: checks the request, admits it, and subscribes the client to its stack. Must be reached through {@link
 * Routes}, by a template with a variable {@code {id}}, on an I/O thread. Thread-safe.
 */
public final class StreamHandler extends StackHandler {
    private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");

    private final PollerRegistry registry;
    private final TimeLimit writeTimeout;
    private final StreamTransport transport;
    private final StreamMeters meters;
    private final Map<XnioIoThread, WriteBatch> batches = new ConcurrentHashMap<>();

    /**
     * The streams of one transport. Their write timeout counts pauses of the process.
     *
     * @param registry where the streams come from
     * @param access decides who may open one; shared by all transports
     * @param writeTimeout after how long a client that takes no byte is disconnected
     * @param origins the pages that may read streams
     * @param transport how events are framed
     */
    public StreamHandler(
            PollerRegistry registry,
            AccessFilter access,
            Duration writeTimeout,
            OriginPolicy origins,
            StreamTransport transport) {
        this(registry, access, writeTimeout, origins, transport, new CompositeMeterRegistry(), () -> 0);
    }

    /**
     * The streams of one transport, which are measured.
     *
     * @param registry where the streams come from
     * @param access decides who may open one; shared by all transports
     * @param writeTimeout after how long a client that takes no byte is disconnected
     * @param origins the pages that may read streams
     * @param transport how events are framed
     * @param meterRegistry gets the meters
     * @param nanoTime elapsed time, the same that {@code registry} was given
     */
    public StreamHandler(
            PollerRegistry registry,
            AccessFilter access,
            Duration writeTimeout,
            OriginPolicy origins,
            StreamTransport transport,
            MeterRegistry meterRegistry,
            LongSupplier nanoTime) {
        super(access, origins, "GET", "HEAD");
        this.registry = registry;
        this.writeTimeout = new TimeLimit(writeTimeout, nanoTime);
        this.transport = transport;
        this.meters = access.meters(meterRegistry, nanoTime, transport.name());
    }

    @Override
    void serve(HttpServerExchange exchange, StackId stack) {
        RequestBody.requireNone(exchange);
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            access().authorize(exchange, stack, AccessScope.READ, authorized -> {
                transport.answerHead(exchange);
                exchange.endExchange();
            });
        } else {
            openStream(exchange, stack);
        }
    }

    private void openStream(HttpServerExchange exchange, StackId stack) {
        Framing framing = transport.framing(exchange);
        access().authorize(
                        exchange,
                        stack,
                        AccessScope.READ,
                        authorized -> authorized.admit(permit -> open(exchange, stack, framing, authorized, permit)));
    }

    private void open(
            HttpServerExchange exchange,
            StackId stack,
            Framing framing,
            AuthorizedRequest authorized,
            StreamAdmission.Permit permit) {
        ClientStream stream = new ClientStream(
                exchange,
                framing,
                access(),
                permit,
                authorized.watch(new XnioTimerExecutor(exchange.getIoThread())),
                batches.computeIfAbsent(exchange.getIoThread(), thread -> new WriteBatch()),
                writeTimeout,
                new StreamReport(
                        exchange.getRequestURI(),
                        authorized.client(),
                        authorized.principal().orElse(null),
                        meters));
        stream.start();
        stream.read(registry, stack, lastEventId(exchange));
    }

    /** The header wins: a browser that reconnects sends it along with the address that it began with. */
    private static @Nullable String lastEventId(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(LAST_EVENT_ID);
        if (header != null) {
            return header;
        }
        Deque<String> parameter = exchange.getQueryParameters().get("lastEventId");
        return parameter == null ? null : decoded(parameter.getFirst());
    }

    /** Undertow may have decoded the query already; that does no harm, as no event id holds a percent sign. */
    private static @Nullable String decoded(String parameter) {
        try {
            return PercentEncoding.decode(parameter);
        } catch (IllegalArgumentException e) {
            return null; // malformed means absent
        }
    }
}
