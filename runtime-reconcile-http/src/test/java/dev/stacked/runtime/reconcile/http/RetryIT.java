package dev.stacked.runtime.reconcile.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.stacked.runtime.reconcile.http.TestReconciler.DOCUMENT;
import static dev.stacked.runtime.reconcile.http.TestReconciler.RUNTIME;
import static dev.stacked.runtime.reconcile.http.TestReconciler.answer;
import static dev.stacked.runtime.reconcile.http.TestReconciler.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.stacked.runtime.core.ErrorCode;
import dev.stacked.runtime.core.ReconcileException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again and what is not, as a server sees it. */
class RetryIT {
    @RegisterExtension
    private static final WireMockExtension UPSTREAM = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private TestReconciler reconciler;

    @BeforeEach
    void start() {
        URI base = URI.create(UPSTREAM.baseUrl());
        reconciler = TestReconciler.of(TestReconciler.settings(base, Duration.ofSeconds(20), 3, 16));
    }

    @AfterEach
    void stop() {
        reconciler.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
    void whatMayPassIsTriedAgain(int status) throws Exception {
        onceThen(aResponse().withStatus(status), okJson(RUNTIME));

        assertEquals("review", answer(reconciler.reconcile()).status().value());
        UPSTREAM.verify(2, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 300, 401, 403, 404, 405, 409, 410, 413, 422, 451})
    void whatWillNotPassIsTriedOnce(int status) throws Exception {
        onceThen(aResponse().withStatus(status), okJson(RUNTIME));

        ReconcileException failure = failure(reconciler.reconcile());

        assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
        assertEquals("The upstream answered " + status + ".", failure.message());
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void theBadRequestOfAReconcileIsTriedOnceMore() throws Exception {
        onceThen(aResponse().withStatus(400), okJson(RUNTIME));

        assertEquals("review", answer(reconciler.reconcile()).status().value());
        UPSTREAM.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void theSecondBadRequestOfAReconcileIsAFailure() throws Exception {
        UPSTREAM.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400)));

        assertEquals(
                "The upstream answered 400.", failure(reconciler.reconcile()).message());
        UPSTREAM.verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void theBadRequestOfAStackIsTriedOnce() throws Exception {
        UPSTREAM.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(400)));

        failure(reconciler.readStack());
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws Exception {
        onceThen(aResponse().withStatus(status).withHeader("Location", "/elsewhere"), okJson(DOCUMENT));

        ReconcileException failure = failure(reconciler.readStack());

        assertEquals(ErrorCode.UPSTREAM_UNAVAILABLE, failure.code());
        assertEquals("The upstream answered " + status + ".", failure.message());
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksIsTriedAgain(Fault fault) throws Exception {
        onceThen(aResponse().withFault(fault), okJson(RUNTIME));

        assertEquals("review", answer(reconciler.reconcile()).status().value());
        UPSTREAM.verify(2, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatAlwaysBreaksIsAFailureAfterThreeAttempts(Fault fault) throws Exception {
        UPSTREAM.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));

        ReconcileException failure = failure(reconciler.reconcile());

        assertEquals(ErrorCode.RECONCILE_FAILED, failure.code());
        assertEquals("The connection to the upstream failed.", failure.message());
        UPSTREAM.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void thereAreNoMoreAttemptsThanAllowed() throws Exception {
        UPSTREAM.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));

        ReconcileException failure = failure(reconciler.readStack());

        assertEquals(ErrorCode.UPSTREAM_UNAVAILABLE, failure.code());
        assertEquals("The upstream answered 500.", failure.message());
        UPSTREAM.verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void anInvalidAnswerIsNotAskedForAgain() throws Exception {
        onceThen(okJson("{\"data\":"), okJson(RUNTIME));

        assertEquals(
                ErrorCode.INVALID_UPSTREAM_RESPONSE,
                failure(reconciler.reconcile()).code());
        UPSTREAM.verify(1, anyRequestedFor(anyUrl()));
    }

    private static void onceThen(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        UPSTREAM.stubFor(any(anyUrl())
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("then"));
        UPSTREAM.stubFor(
                any(anyUrl()).inScenario("once").whenScenarioStateIs("then").willReturn(then));
    }
}
