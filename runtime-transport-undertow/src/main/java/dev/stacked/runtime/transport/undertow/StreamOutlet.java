package dev.stacked.runtime.transport.undertow;

import java.nio.ByteBuffer;

/** Lets a {@link Framing} act on its stream by itself. To be used on the stream's I/O thread only. */
public interface StreamOutlet {
    /** Sends these bytes before the next event; they replace any that were not sent yet. */
    void sendNow(ByteBuffer bytes);

    /** Ends the stream with these last bytes, once what is on its way has been sent. */
    void end(ByteBuffer last);

    /** Ends the stream at once. */
    void cutOff();
}
