package dev.stacked.runtime.examples.webflux;

import dev.stacked.runtime.core.PollerRegistry;
import dev.stacked.runtime.core.Reconciler;
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
    PollerRegistry registry(Reconciler reconciler) {
        return PollerRegistry.builder(reconciler).build();
    }
}
