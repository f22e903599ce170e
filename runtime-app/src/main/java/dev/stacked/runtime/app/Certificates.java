package dev.stacked.runtime.app;

import dev.stacked.runtime.app.internal.options.TlsOptions;
import dev.stacked.runtime.app.internal.tls.InvalidPemException;
import dev.stacked.runtime.app.internal.tls.ServerTls;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The certificate of the server: read at the start and whenever its files change, with its expiry as a meter. */
final class Certificates {
    private Certificates() {}

    /**
     * TLS as the options want it; null without.
     *
     * @param meters get the expiry, without TLS too, so that the series are the same
     * @param closing ends the watch over the files
     * @throws InvalidOptionsException if the files cannot be used
     */
    static @Nullable SSLContext tls(TlsOptions options, MeterRegistry meters, ClosingStack closing) {
        if (options instanceof TlsOptions.Files files) {
            ServerTls tls = read(files);
            ChangedFiles.watch("tls-files", tls::reload, closing);
            registerExpiry(() -> tls.expiry().getEpochSecond(), meters);
            return tls.context();
        }
        registerExpiry(() -> Double.NaN, meters);
        return null;
    }

    private static void registerExpiry(Supplier<Number> epochSeconds, MeterRegistry meters) {
        Gauge.builder("runtime.tls.certificate.expiry", epochSeconds)
                .description("When the certificate in use, or one of its chain, expires, in seconds since 1970")
                .baseUnit("seconds")
                .register(meters);
    }

    private static ServerTls read(TlsOptions.Files files) {
        try {
            return ServerTls.read(files);
        } catch (InvalidPemException e) {
            throw new InvalidOptionsException(String.valueOf(e.getMessage()));
        }
    }
}
