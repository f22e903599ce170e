package dev.stacked.runtime.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** A browser tab that shows a stack. */
record Tab(Page page) {
    /** The row of the stage with this title. */
    Locator stage(String title) {
        return page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".title", new Page.LocatorOptions().setHasText(title))));
    }

    /** The label of this stage's status. */
    Locator status(String title) {
        return stage(title).locator(".badge");
    }

    /** The label of the connection's state. */
    Locator connection() {
        return page.locator("stack-runtime-panel .state");
    }

    /** The sentence that explains a failure of the connection or the stack. */
    Locator reason() {
        return page.locator("stack-runtime-panel .reason");
    }

    /** The age of the state, shown if it may be out of date. */
    Locator age() {
        return page.locator("stack-runtime-panel .age");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until an expression is true. Polled from outside, since the page's policy forbids evaluating text. */
    void await(String expression) {
        page.waitForCondition(() -> (boolean) page.evaluate(expression));
    }

    /** Waits until the stream is or was in a state. */
    void awaitState(String state) {
        await("streamStates.some((was) => was.state === '" + state + "')");
    }

    /** Waits until the stream is in a state. */
    void awaitPresentState(String state) {
        await("globalThis.stream?.state === '" + state + "'");
    }

    /** Forgets the states so far. */
    void forgetStates() {
        page.evaluate("streamStates.length = 0");
    }

    /** The states that the stream has passed through. */
    @SuppressWarnings("unchecked")
    List<String> states() {
        return (List<String>) page.evaluate("streamStates.map((was) => was.state)");
    }

    /** Runs a script in the page and returns its result. */
    Object run(String script) {
        return page.evaluate(script);
    }

    /** Returns once all claims of this tab so far are granted or refused: locks are granted in order. */
    void settleClaims() {
        page.evaluate("navigator.locks.request('settled', () => {}).then(() => {})");
    }
}
