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
    private final @Nullable LastAnswer<V> last;

    ComparedRead(K key, LastAnswers<K, V> answers, Endpoint<V> endpoint) {
        this.key = key;
        this.answers = answers;
        this.endpoint = endpoint;
        this.last = answers.of(key);
    }

    /** The tag to send as a condition; null if there is none. */
    @Nullable
    EntityTag condition() {
        return last == null ? null : last.tag();
    }

    /** The body to compare with; empty if there is none. */
    byte[] earlier() {
        return last == null ? Body.EMPTY : last.body();
    }

    /**
     * Reads a complete answer. Only a success replaces the stored one: after a failure that may still be current.
     *
     * @throws AttemptException if it is not a success as the contract defines it
     */
    V understand(Answer answer) {
        if (last != null && last.tag() != null && answer.status() == HttpURLConnection.HTTP_NOT_MODIFIED) {
            return last.value();
        }
        boolean same = last != null
                && answer.status() == HttpURLConnection.HTTP_OK
                && answer.body().bytes() == last.body();
        V value = same ? last.value() : endpoint.understand(answer);
        List<String> tags = answer.values("etag");
        EntityTag tag = tags.isEmpty() ? null : EntityTag.of(tags).orElse(null);
        if (!same || !Objects.equals(tag, last.tag())) {
            answers.keep(key, new LastAnswer<>(value, answer.body().bytes(), tag));
        }
        return value;
    }
}
