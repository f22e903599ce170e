package dev.stacked.runtime.demo;

import java.util.List;

/**
 * The fixed properties of a stack.
 *
 * @param id unique
 * @param name for people
 * @param outage schedule of the times when neither the stack nor its stages are available
 * @param stages in order
 */
record StackProfile(String id, String name, Fault outage, List<DemoStage> stages) {
    StackProfile {
        stages = List.copyOf(stages);
    }

    /** The stacks of the demo: two that fail now and then, and one whose ids need every kind of encoding. */
    static List<StackProfile> all() {
        return List.of(checkout(), search(), mobileApp(), billing());
    }

    private static StackProfile checkout() {
        Fault noOpencode = new Fault(12_000, 4_000, 26_000);
        return new StackProfile(
                "checkout",
                "Checkout in one page",
                Fault.NEVER,
                List.of(
                        new DemoStage("cart-summary", "Cart summary beside the form"),
                        new DemoStage("payment-methods", "Payment methods without reload", noOpencode),
                        new DemoStage("address-lookup", "Address lookup by postcode"),
                        new DemoStage("order-confirmation", "Confirmation with live order state")));
    }

    private static StackProfile search() {
        Fault unreadable = new Fault(20_000, 5_000, 45_000);
        return new StackProfile(
                "search",
                "Search that tolerates typos",
                unreadable,
                List.of(
                        new DemoStage("index-schema", "New index schema"),
                        new DemoStage("typo-ranking", "Rank by edit distance"),
                        new DemoStage("suggestions", "Suggestions while typing"),
                        new DemoStage("reindex-job", "Reindex without downtime")));
    }

    private static StackProfile mobileApp() {
        return new StackProfile(
                "mobile app/α",
                "Mobile app α",
                Fault.NEVER,
                List.of(
                        new DemoStage("login/biometric", "Login by \"biometry\""),
                        new DemoStage("offline sync #1", "Offline sync, part 1"),
                        new DemoStage("50% smaller?", "Half the download \\ same features"),
                        new DemoStage("ünïcode-🚀", "Names in every script 🚀")));
    }

    private static StackProfile billing() {
        return new StackProfile(
                "billing",
                "Billing by usage",
                Fault.NEVER,
                List.of(
                        new DemoStage("meter-events", "Meter events at the gateway"),
                        new DemoStage("rating", "Rate events by tariff"),
                        new DemoStage("invoices", "Invoices as PDF"),
                        new DemoStage("credit-notes", "Credit notes"),
                        new DemoStage("dunning", "Dunning in three steps")));
    }
}
