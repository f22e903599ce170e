package dev.stacked.runtime.app.internal.tls;

import java.net.Socket;
import java.security.KeyStoreException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The server's identity, replaceable at run time. A handshake reads it in several steps, so the previous identity is
 * kept: no handshake mixes the certificate of one with the key of another. Thread-safe.
 */
final class ReplaceableIdentity extends X509ExtendedKeyManager {
    /** The identities in use, by alias. */
    private record Generations(int number, X509ExtendedKeyManager current, X509ExtendedKeyManager last) {}

    private volatile Generations generations;

    /** @throws KeyStoreException if the chain is out of order or incomplete */
    ReplaceableIdentity(Identity identity) throws KeyStoreException {
        X509ExtendedKeyManager first = keyManager(identity, 1);
        generations = new Generations(1, first, first);
    }

    /**
     * Replaces the identity for new connections.
     *
     * @throws KeyStoreException if the chain is out of order or incomplete; the identity is unchanged
     */
    synchronized void replace(Identity identity) throws KeyStoreException {
        Generations old = generations;
        int number = old.number() + 1;
        generations = new Generations(number, keyManager(identity, number), old.current());
    }

    private static X509ExtendedKeyManager keyManager(Identity identity, int generation) throws KeyStoreException {
        return (X509ExtendedKeyManager) identity.keyManagers("generation-" + generation)[0];
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return generations.current().chooseEngineServerAlias(keyType, issuers, engine);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return generations.current().chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return generations.current().getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Generations known = generations;
        X509Certificate[] chain = known.current().getCertificateChain(alias);
        return chain == null ? known.last().getCertificateChain(alias) : chain;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Generations known = generations;
        PrivateKey key = known.current().getPrivateKey(alias);
        return key == null ? known.last().getPrivateKey(alias) : key;
    }

    /** It is no client. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    /** It is no client. */
    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
