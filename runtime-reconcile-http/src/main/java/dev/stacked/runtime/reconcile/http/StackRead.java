package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One read of a stack document: if the last one had a tag, the upstream may confirm that one instead of sending another.
 * What is confirmed is what was asked for, whatever other reads have kept since.
 */
final class StackRead {
    private final StackId stack;
    private final TaggedDocuments documents;
    private final Endpoint<StackDocument> endpoint;
    private final @Nullable TaggedDocument last;

    StackRead(StackId stack, TaggedDocuments documents, Endpoint<StackDocument> endpoint) {
        this.stack = stack;
        this.documents = documents;
        this.endpoint = endpoint;
        this.last = documents.of(stack).orElse(null);
    }

    HttpRequest.Builder condition(HttpRequest.Builder request) {
        return last == null
                ? request
                : request.setHeader("If-None-Match", last.tag().value());
    }

    /**
     * Reads a complete answer. Only a document replaces what is kept: after a failure the old one may still be right.
     *
     * @throws AttemptException if it is not the success that the contract promises
     */
    StackDocument understand(HttpResponse<Body> answer) {
        if (answer.statusCode() == HttpURLConnection.HTTP_NOT_MODIFIED && last != null) {
            return last.document();
        }
        StackDocument document = endpoint.understand(answer);
        EntityTag.of(answer.headers())
                .ifPresentOrElse(
                        tag -> documents.keep(
                                stack,
                                new TaggedDocument(tag, document, answer.body().bytes().length)),
                        () -> documents.forget(stack));
        return document;
    }
}
