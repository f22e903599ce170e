package dev.stacked.runtime.web;

/** What is added to each page before its own scripts run. */
final class Scripts {
    /** Tells the test of each notification that is built, and keeps those of this page in {@code builtNotifications}. */
    static final String RECORD_NOTIFICATIONS = """
            if (globalThis.Notification) {
              globalThis.builtNotifications = [];
              globalThis.Notification = class extends Notification {
                constructor(title, options) {
                  super(title, options);
                  builtNotifications.push(this);
                  tellNotification({ title, ...options });
                }
              };
            }
            """;

    /** Keeps the states through which the panel's stream goes in {@code streamStates}. */
    static final String RECORD_STATES = """
            globalThis.streamStates = [];
            document.addEventListener("stream-change", ({ target }) => {
              globalThis.stream = target.stream ?? globalThis.stream;
              target.stream?.addEventListener("state", ({ data }) =>
                streamStates.push({ ...data, wait: data.retryAt - Date.now() }));
            }, true);
            """;

    private Scripts() {}
}
