package dev.stacked.runtime.app;

import com.google.inject.BindingAnnotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the admin server's map from path template to {@link io.undertow.server.HttpHandler}. A module adds a route with
 * {@code MapBinder.newMapBinder(binder, String.class, HttpHandler.class, AdminRoutes.class)}. A route with the path
 * template of a built-in one, such as {@code /metrics}, replaces it.
 */
@BindingAnnotation
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.FIELD})
public @interface AdminRoutes {}
