package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One read of a stack document. If the last document had a tag, the upstream may confirm it instead of sending it again.
 * The confirmed document is the one that this read asked about, whatever other reads have stored since.
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
     * Reads a complete answer. Only a document replaces the stored one: after a failure that may still be current.
     *
     * @throws AttemptException if it is not a success as the contract defines it
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
