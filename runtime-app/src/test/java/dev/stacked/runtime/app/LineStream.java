package dev.stacked.runtime.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream read line by line, through a client that it may share with others. */
final class LineStream implements Flow.Subscriber<String> {
    private static final int PATIENCE_SECONDS = 20;
    private static final String END = "(end of stream)";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<Flow.Subscription> subscription = new LinkedBlockingQueue<>();

    private LineStream() {}

    static LineStream open(HttpClient http, String url) {
        LineStream stream = new LineStream();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse.BodyHandler<Void> handler = BodyHandlers.fromLineSubscriber(stream);
        http.sendAsync(request, handler).exceptionally(failure -> {
            stream.lines.add(END);
            return null;
        });
        return stream;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription.add(opened);
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add(END);
    }

    @Override
    public void onComplete() {
        lines.add(END);
    }

    /** Skips all lines before this one. */
    void awaitLine(String wanted) throws InterruptedException {
        for (String line = ""; !line.equals(wanted); ) {
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("There was no '" + wanted + "' before " + (line == null ? "long" : line));
            }
        }
    }

    /** Whether there are unread lines. */
    boolean hasLine() {
        return !lines.isEmpty();
    }

    /** Discards all unread lines. */
    void forget() {
        lines.clear();
    }

    /** Closes the stream. */
    void leave() throws InterruptedException {
        Flow.Subscription opened = subscription.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (opened != null) {
            opened.cancel();
        }
    }
}
