package dev.stacked.runtime.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** A tab with the page of a stack. */
record Tab(Page page) {
    /** The row of the stage with this title. */
    Locator stage(String title) {
        return page.getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".title", new Page.LocatorOptions().setHasText(title))));
    }

    /** The status of the stage with this title, in words. */
    Locator status(String title) {
        return stage(title).locator(".badge");
    }

    /** How the connection stands, in words. */
    Locator connection() {
        return page.locator("stack-runtime-panel .state");
    }

    /** Why the connection or the stack is not as it should be, in a sentence. */
    Locator reason() {
        return page.locator("stack-runtime-panel .reason");
    }

    /** How old the state is, where that matters. */
    Locator age() {
        return page.locator("stack-runtime-panel .age");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until an expression is true. Asked from outside, as the page's policy forbids it to evaluate text. */
    void await(String expression) {
        page.waitForCondition(() -> (boolean) page.evaluate(expression));
    }

    /** Waits until the stream has been in a state. */
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

    /** The states through which the stream has gone. */
    @SuppressWarnings("unchecked")
    List<String> states() {
        return (List<String>) page.evaluate("streamStates.map((was) => was.state)");
    }

    /** Runs a script in the page and returns what it gives. */
    Object run(String script) {
        return page.evaluate(script);
    }

    /** Returns when what this tab had to claim until now is claimed or refused: locks are granted in order. */
    void settleClaims() {
        page.evaluate("navigator.locks.request('settled', () => {}).then(() => {})");
    }
}
