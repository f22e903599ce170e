package dev.stacked.runtime.core;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event ready for the wire: encoded once, shared by all subscribers of all transports.
 *
 * <p>Immutable to its users and safe to share between threads. A transport has its own bytes of an event made once
 * through {@link #framed}.
 */
public final class EncodedEvent {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private final @Nullable EventId id;
    private final String name;
    private final String data;
    private final OptionalLong madeAt;
    private volatile @Nullable Framed framed;

    private EncodedEvent(@Nullable EventId id, String name, String data, OptionalLong madeAt) {
        this.madeAt = madeAt;
        this.id = id;
        this.name = requireName(name);
        this.data = requireOneLine(data);
    }

    /**
     * An event of which the JSON is made already.
     *
     * @param id the event's place in the history; null if the event is not part of it
     * @param name a letter, then up to 63 letters, digits, {@code _} and {@code -}
     * @param data compact JSON: one line
     * @throws IllegalArgumentException if the name or the data breaks its rule
     */
    public static EncodedEvent of(@Nullable EventId id, String name, String data) {
        return new EncodedEvent(id, name, data, OptionalLong.empty());
    }

    /**
     * An event of which the JSON is made already, and of which it is known when.
     *
     * @param id the event's place in the history; null if the event is not part of it
     * @param name a letter, then up to 63 letters, digits, {@code _} and {@code -}
     * @param data compact JSON: one line
     * @param madeAt see {@link #madeAt()}
     * @throws IllegalArgumentException if the name or the data breaks its rule
     */
    public static EncodedEvent of(@Nullable EventId id, String name, String data, long madeAt) {
        return new EncodedEvent(id, name, data, OptionalLong.of(madeAt));
    }

    /** The event's place in the history; empty for heartbeats and errors, which are not part of it. */
    public Optional<EventId> id() {
        return Optional.ofNullable(id);
    }

    /** What kind of event it is, such as {@code stage-runtime}. Safe to write into any protocol as it is. */
    public String name() {
        return name;
    }

    /**
     * When the event was made of what the upstream had just answered, in the elapsed time that {@link PollerRegistry} was
     * given: what latencies are measured from. Empty if the event came to be in another way.
     */
    public OptionalLong madeAt() {
        return madeAt;
    }

    /** The event's JSON: one line, without control characters. */
    public String data() {
        return data;
    }

    /**
     * A transport's bytes of this event, made at the first call with this {@code framing} and kept as long as the
     * event.
     *
     * <p>Threads that ask at the same time may each make one, of which one is kept, so {@code framing} must be pure.
     *
     * @param framing compared by identity: give the same object every time
     */
    @SuppressWarnings("unchecked") // what a framing made is kept under that very framing
    public <F> F framed(Function<EncodedEvent, F> framing) {
        for (Framed known = framed; known != null; known = known.next) {
            if (known.framing == framing) {
                return (F) known.bytes;
            }
        }
        F bytes = framing.apply(this);
        framed = new Framed(framing, bytes, framed);
        return bytes;
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An event name is a letter, then up to 63 letters, digits, '_' and '-';"
                    + " it is '" + name + "'.");
        }
        return name;
    }

    private static String requireOneLine(String data) {
        if (data.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("Event data must be one line without control characters.");
        }
        return data;
    }

    @Override
    public String toString() {
        return (id == null ? "" : id + " ") + name + " " + data;
    }

    /** One transport's bytes; as few transports exist, a list is enough. */
    private record Framed(
            Object framing, Object bytes, @Nullable Framed next) {}
}
