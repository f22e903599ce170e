package dev.stacked.runtime.access.jwt;

import dev.stacked.runtime.access.Access;
import dev.stacked.runtime.access.AccessRequest;
import dev.stacked.runtime.access.StreamAuthorizer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Allows requests with a valid token: as {@code Authorization: Bearer …}, or, where a browser cannot set headers, as the
 * cookie {@code __Secure-runtime}. A token in the URL is ignored, as URLs end up in logs.
 *
 * <p>Its claim {@code stacks}, a list of ids and patterns, says what may be read; {@code stacks:refresh} in its claim
 * {@code scope} that the same may be refreshed.
 */
public final class JwtAuthorizer implements StreamAuthorizer {
    /** The cookie that may hold the token. */
    public static final String COOKIE = "__Secure-runtime";

    private static final String SCHEME = "Bearer ";
    private static final int MAX_TOKEN_LENGTH = 8192;
    /** Tokens that wait for their verification at a time. */
    private static final int MAX_WAITING = 10_000;
    /** Tokens that wait for a fetch of keys at a time. Those whose keys are known never wait. */
    private static final int MAX_PENDING = 1_000;

    private final JwtSettings settings;
    private final TokenVerifier verifier;
    private final VerifiedTokens verified;
    private final Executor threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * An authorizer by tokens.
     *
     * @param settings which tokens are valid
     * @param threads verify signatures; they never wait for keys that are fetched
     * @param clock the time of day, by which tokens and keys expire
     */
    public JwtAuthorizer(JwtSettings settings, Executor threads, Clock clock) {
        this.settings = settings;
        this.verifier = new TokenVerifier(settings, clock);
        this.verified = new VerifiedTokens(clock);
        this.threads = threads;
    }

    /**
     * Reads the keys again if they are those of a file. New tokens are verified with them; a token that was verified
     * within the last minute is not verified again. A file that cannot be used is logged once, and the keys from before
     * stay. It never fails the caller, and blocks for as long as reading a file takes.
     */
    public void reloadKeys() {
        settings.keys().reload(settings.algorithms());
    }

    @Override
    public CompletionStage<Access> authorize(AccessRequest request) {
        Optional<String> sent = token(request);
        if (sent.isEmpty()) {
            return CompletableFuture.completedStage(Access.unauthenticated("A token is required."));
        }
        String token = sent.get();
        if (token.length() > MAX_TOKEN_LENGTH) {
            return CompletableFuture.completedStage(Access.invalidToken("The token is too long."));
        }
        Optional<Grant> known = verified.find(token);
        return known.isPresent()
                ? CompletableFuture.completedStage(known.get().answer(request))
                : verify(token, request);
    }

    @Override
    public boolean remembers(AccessRequest request) {
        return token(request)
                .filter(token -> token.length() <= MAX_TOKEN_LENGTH)
                .flatMap(verified::find)
                .isPresent();
    }

    private static Optional<String> token(AccessRequest request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .or(() -> request.cookie(COOKIE))
                .filter(token -> !token.isEmpty());
    }

    private CompletionStage<Access> verify(String token, AccessRequest request) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.failedStage(new RejectedExecutionException("Too many tokens are waiting."));
        }
        return CompletableFuture.supplyAsync(() -> verifier.verify(token), threads)
                .whenComplete((verdict, failure) -> waiting.decrementAndGet())
                .thenCompose(verdict -> verdict instanceof Verdict.Pending keys
                        ? afterFetch(token, keys)
                        : CompletableFuture.completedStage(verdict))
                .thenApply(verdict -> answer(token, request, verdict));
    }

    private CompletionStage<Verdict> afterFetch(String token, Verdict.Pending keys) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            pending.decrementAndGet();
            return CompletableFuture.failedStage(
                    new RejectedExecutionException("Too many tokens wait for their keys."));
        }
        return keys.fetched()
                .whenComplete((fetched, failure) -> pending.decrementAndGet())
                .thenApplyAsync(fetched -> verifier.verifyAfterFetch(token), threads);
    }

    private Access answer(String token, AccessRequest request, Verdict verdict) {
        if (verdict instanceof Verdict.Valid valid) {
            verified.add(token, valid.grant());
            return valid.grant().answer(request);
        }
        return Access.invalidToken(((Verdict.Invalid) verdict).message());
    }
}
