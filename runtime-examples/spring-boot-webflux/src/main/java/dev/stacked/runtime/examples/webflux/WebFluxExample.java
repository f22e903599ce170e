package dev.stacked.runtime.examples.webflux;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
import dev.stacked.runtime.reconcile.http.HttpReconciler;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Serves the streams of stacks. The property {@code upstream} is the URL of the backend. */
@SpringBootApplication
public class WebFluxExample {
    public static void main(String[] args) {
        SpringApplication.run(WebFluxExample.class, args);
    }

    @Bean
    HttpReconciler reconciler(@Value("${upstream}") URI upstream) {
        return HttpReconciler.builder(upstream).build();
    }

    @Bean
    PollerRegistry registry(Reconciler reconciler) {
        return PollerRegistry.builder(reconciler).build();
    }
}
