package dev.stacked.runtime.web;

/** Scripts that are added to each page before its own scripts run. */
final class Scripts {
    /** Reports each notification to the test, and keeps those of this page in {@code builtNotifications}. */
    static final String RECORD_NOTIFICATIONS = """
            if (globalThis.Notification) {
              globalThis.builtNotifications = [];
              globalThis.Notification = class extends Notification {
                constructor(title, options) {
                  super(title, options);
                  builtNotifications.push(this);
                  reportNotification({ title, ...options });
                }
              };
            }
            """;

    /** Records the states of the panel's stream in {@code streamStates}. */
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
