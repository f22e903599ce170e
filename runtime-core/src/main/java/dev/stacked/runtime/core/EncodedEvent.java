package dev.stacked.runtime.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event ready for the wire: encoded once, shared by all subscribers of all transports.
 *
 * <p>Immutable to its users and safe to share between threads. A transport's own bytes of an event are made once, by
 * {@link #framed}.
 */
public final class EncodedEvent {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /** Marks an event whose frames are not kept any more. */
    private static final Frame DROPPED = new Frame("dropped", "dropped", null);

    private final @Nullable EventId id;
    private final String name;
    private final byte[] json;
    private final OptionalLong createdAtNanos;
    private volatile @Nullable Frame frames;

    private EncodedEvent(@Nullable EventId id, String name, byte[] json, OptionalLong createdAtNanos) {
        this.id = id;
        this.name = requireName(name);
        this.json = requireOneLine(json);
        this.createdAtNanos = createdAtNanos;
    }

    /**
     * Creates an event from encoded JSON, without a creation time.
     *
     * @param id the event's place in the history; null if the event is not part of it
     * @param name a letter, then up to 63 letters, digits, {@code _} and {@code -}
     * @param data compact JSON: one line
     * @throws IllegalArgumentException if the name or the data breaks its rule
     */
    public static EncodedEvent of(@Nullable EventId id, String name, String data) {
        return new EncodedEvent(id, name, data.getBytes(StandardCharsets.UTF_8), OptionalLong.empty());
    }

    /** Creates an event from encoded JSON in UTF-8, which must not be changed afterwards. */
    static EncodedEvent of(@Nullable EventId id, String name, byte[] json, OptionalLong createdAtNanos) {
        return new EncodedEvent(id, name, json, createdAtNanos);
    }

    /** The event's place in the history; empty for heartbeats and errors, which are not part of it. */
    public Optional<EventId> id() {
        return Optional.ofNullable(id);
    }

    /** The number of the id; -1 without one. */
    long number() {
        return id == null ? -1 : id.number();
    }

    /** The kind of event, such as {@code stage-runtime}. Safe to write into any protocol as it is. */
    public String name() {
        return name;
    }

    /**
     * Ticker time at which this event was created from an upstream answer: the elapsed time that {@link PollerRegistry}
     * was given. Latencies are measured from here. Empty for any other event.
     */
    public OptionalLong createdAtNanos() {
        return createdAtNanos;
    }

    /** The event's JSON: one line, without control characters. Decoded anew by each call. */
    public String data() {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The event's JSON in UTF-8, as a buffer of its own that cannot be written to. */
    public ByteBuffer utf8() {
        return ByteBuffer.wrap(json).asReadOnlyBuffer();
    }

    /**
     * The event as a typed value, for readers in Java. Each call reads the JSON anew, so call it once for each event. Like
     * the JSON, it has times in milliseconds, and a stage's freshest status only: {@link StageState#documentStatus()} of a
     * snapshot is the same as {@link StageState#status()}.
     *
     * @throws IllegalArgumentException if the data is not that of an event with this name; never for an event of a
     *     {@link PollerRegistry}
     */
    public StreamEvent decode() {
        return EventDecoder.decode(name, json);
    }

    /** Size of the JSON in bytes of UTF-8. */
    public int size() {
        return json.length;
    }

    /**
     * A transport's bytes of this event, made at the first call with this {@code framing} and kept with the event until
     * a newer event supersedes it.
     *
     * <p>Threads that call at the same time may each frame the event, and one result is kept, so {@code framing} must
     * be pure.
     *
     * @param framing compared by identity: pass the same object every time
     */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // a frame is kept under the very framing that made it
    public <F> F framed(Function<EncodedEvent, F> framing) {
        Frame kept = frames;
        for (Frame frame = kept; frame != null; frame = frame.next) {
            if (frame.framing == framing) {
                return (F) frame.bytes;
            }
        }
        F bytes = framing.apply(this);
        if (kept != DROPPED) {
            frames = new Frame(framing, bytes, kept);
        }
        return bytes;
    }

    /**
     * Drops the frames and keeps none from now on. A thread that frames the event at the same time may still add one,
     * which only costs memory.
     */
    void dropFrames() {
        frames = DROPPED;
    }

    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("An event name is a letter, then up to 63 letters, digits, '_' and '-';"
                    + " it is '" + name + "'.");
        }
        return name;
    }

    private static byte[] requireOneLine(byte[] json) {
        for (byte unit : json) {
            if (unit >= 0 && unit < ' ') {
                throw new IllegalArgumentException("Event data must be one line without control characters.");
            }
        }
        return json;
    }

    @Override
    public String toString() {
        return (id == null ? "" : id + " ") + name + " " + data();
    }

    /** One transport's bytes. As there are few transports, a list is enough. */
    private record Frame(
            Object framing, Object bytes, @Nullable Frame next) {}
}
