package dev.stacked.runtime.app.internal.admin;

import java.util.concurrent.CompletionStage;

/** A page of the admin server. Thread-safe. */
interface AdminPage {
    /**
     * Builds the page's current content.
     *
     * @param accept value of the client's {@code Accept} headers; empty if there are none
     */
    CompletionStage<AdminAnswer> answer(String accept);
}
