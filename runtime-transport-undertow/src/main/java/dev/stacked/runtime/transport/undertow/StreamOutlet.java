package dev.stacked.runtime.transport.undertow;

import java.nio.ByteBuffer;

/** What a {@link Framing} may do to its stream on its own account. To be used on the stream's I/O thread only. */
public interface StreamOutlet {
    /** Sends these bytes before the next event; they replace any that were not sent yet. */
    void sendNow(ByteBuffer bytes);

    /** Ends the stream with these last bytes, once what is on its way has been sent. */
    void end(ByteBuffer last);

    /** Ends the stream at once. */
    void cutOff();
}
