package dev.stacked.runtime.reconcile.http;

import dev.stacked.runtime.core.StackDocument;
import java.time.Duration;

/** What the headers of an answer add to the value of its body. */
interface HeaderReading<V> {
    /** Whether the value has what the headers say. */
    boolean agrees(V value, Answer answer);

    /** The value with what the headers say. */
    V apply(V value, Answer answer);

    /** Nothing. */
    static <V> HeaderReading<V> none() {
        return new HeaderReading<>() {
            @Override
            public boolean agrees(V value, Answer answer) {
                return true;
            }

            @Override
            public V apply(V value, Answer answer) {
                return value;
            }
        };
    }

    /** How long a document is valid. A confirmation that does not say it confirms the age too. */
    static HeaderReading<StackDocument> maxAge() {
        return new HeaderReading<>() {
            @Override
            public boolean agrees(StackDocument document, Answer answer) {
                return age(document, answer).equals(document.maxAge());
            }

            @Override
            public StackDocument apply(StackDocument document, Answer answer) {
                return new StackDocument(document.stages(), age(document, answer));
            }

            private Duration age(StackDocument document, Answer answer) {
                return CacheControl.maxAge(answer.values("cache-control"))
                        .orElse(answer.isConfirmation() ? document.maxAge() : Duration.ZERO);
            }
        };
    }
}
