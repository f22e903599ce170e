package dev.stacked.runtime.app.admin;

import java.util.concurrent.CompletionStage;

/** A page of the admin server. Thread-safe. */
interface AdminPage {
    /**
     * Makes the page's present content.
     *
     * @param accept what the client takes, as its {@code Accept} headers say; empty if it does not say
     */
    CompletionStage<AdminAnswer> answer(String accept);
}
