package dev.stacked.runtime.reconcile.http;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One read of something that was read before. If it has not changed, the value of this read is the earlier one, the same
 * instance. That is the one that this read asked about, whatever other reads have stored since.
 */
final class ComparedRead<K, V> {
    private final K key;
    private final LastAnswers<K, V> answers;
    private final Endpoint<V> endpoint;
    private final HeaderReading<V> headers;
    private final @Nullable LastAnswer<V> last;

    /** @param headers is part of the value too */
    ComparedRead(K key, LastAnswers<K, V> answers, Endpoint<V> endpoint, HeaderReading<V> headers) {
        this.key = key;
        this.answers = answers;
        this.endpoint = endpoint;
        this.headers = headers;
        this.last = answers.of(key);
    }

    /** The tag to send as a condition; null if absent. */
    @Nullable
    EntityTag condition() {
        return last == null ? null : last.tag();
    }

    /** The body to compare with; empty if absent. */
    byte[] earlier() {
        return last == null ? Body.EMPTY : last.body();
    }

    /**
     * Reads a complete answer. Only a success replaces the stored one: after a failure that may still be current.
     *
     * @throws AttemptException if it is not a success as the contract defines it
     */
    V understand(Answer answer) {
        LastAnswer<V> known = last;
        if (known != null && isConfirmed(known, answer)) {
            return known(known, answer, known.tag());
        }
        if (known != null && isEqual(known, answer)) {
            return known(known, answer, tag(answer));
        }
        V value = headers.apply(endpoint.understand(answer), answer);
        answers.keep(key, new LastAnswer<>(value, answer.body().bytes(), tag(answer)));
        return value;
    }

    /** The known value, or the same with what only the headers have changed. */
    private V known(LastAnswer<V> known, Answer answer, @Nullable EntityTag tag) {
        if (headers.agrees(known.value(), answer) && Objects.equals(tag, known.tag())) {
            return known.value();
        }
        V value = headers.agrees(known.value(), answer) ? known.value() : headers.apply(known.value(), answer);
        answers.keep(key, new LastAnswer<>(value, known.body(), tag));
        return value;
    }

    private static boolean isConfirmed(LastAnswer<?> known, Answer answer) {
        return known.tag() != null && answer.isConfirmation();
    }

    /** The reader of the body has compared the bytes: equal ones are the same array. */
    private static boolean isEqual(LastAnswer<?> known, Answer answer) {
        return answer.status() == HttpURLConnection.HTTP_OK && answer.body().bytes() == known.body();
    }

    private static @Nullable EntityTag tag(Answer answer) {
        List<String> tags = answer.values("etag");
        return tags.isEmpty() ? null : EntityTag.of(tags).orElse(null);
    }
}
