package dev.stacked.runtime.reconcile.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stacked.runtime.core.StackDocument;
import dev.stacked.runtime.core.StackId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaggedDocumentsTest {
    private static final int LARGEST = (int) TaggedDocuments.MAX_TOTAL_BYTES;

    private final TaggedDocuments documents = new TaggedDocuments();

    @Test
    void keepsTheLastOfEachStack() {
        TaggedDocument first = document(1);
        TaggedDocument second = document(1);
        documents.keep(stack(1), document(1));
        documents.keep(stack(1), first);
        documents.keep(stack(2), second);

        assertEquals(Optional.of(first), documents.of(stack(1)));
        assertEquals(Optional.of(second), documents.of(stack(2)));
        assertEquals(Optional.empty(), documents.of(stack(3)));
    }

    @Test
    void forgetsOne() {
        documents.keep(stack(1), document(1));
        documents.keep(stack(2), document(1));

        documents.forget(stack(1));
        documents.forget(stack(3));

        assertEquals(List.of(2), kept(3));
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirstWhenThereAreTooMany() {
        IntStream.rangeClosed(1, TaggedDocuments.MAX_DOCUMENTS).forEach(id -> documents.keep(stack(id), document(1)));
        assertTrue(documents.of(stack(1)).isPresent());

        documents.keep(stack(0), document(1));

        assertEquals(Optional.empty(), documents.of(stack(2)));
        assertEquals(
                TaggedDocuments.MAX_DOCUMENTS,
                kept(TaggedDocuments.MAX_DOCUMENTS).size());
    }

    @Test
    void whatWasAskedForLongestAgoGoesFirstWhenAllAreTooLarge() {
        documents.keep(stack(1), document(LARGEST / 2));
        documents.keep(stack(2), document(LARGEST / 4));
        documents.keep(stack(3), document(LARGEST / 4));
        assertEquals(List.of(1, 2, 3), kept(3));
        documents.of(stack(1));

        documents.keep(stack(4), document(LARGEST / 4 + 1));

        assertEquals(List.of(1, 4), kept(4));
    }

    @Test
    void whatIsReplacedOrForgottenTakesNoRoom() {
        for (int i = 0; i < 10; i++) {
            documents.keep(stack(1), document(LARGEST / 2));
        }
        documents.keep(stack(2), document(LARGEST / 2));
        assertEquals(List.of(1, 2), kept(2));

        documents.forget(stack(1));
        documents.keep(stack(3), document(LARGEST / 2));

        assertEquals(List.of(2, 3), kept(3));
    }

    @Test
    void whatIsTooLargeAloneIsNotKept() {
        documents.keep(stack(1), document(LARGEST + 1));
        documents.keep(stack(2), document(LARGEST));

        assertEquals(List.of(2), kept(2));
    }

    private List<Integer> kept(int highest) {
        return IntStream.rangeClosed(0, highest)
                .filter(id -> documents.of(stack(id)).isPresent())
                .boxed()
                .toList();
    }

    private static StackId stack(int id) {
        return new StackId("stack-" + id);
    }

    private static TaggedDocument document(int bytes) {
        return new TaggedDocument(new EntityTag("\"v\""), new StackDocument(List.of()), bytes);
    }
}
