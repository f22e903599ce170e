package dev.stacked.runtime.app;

import com.google.inject.Binding;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.matcher.Matcher;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import com.google.inject.spi.PrivateElements;
import com.google.inject.spi.ProvisionListener;
import com.google.inject.util.Modules;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The app's modules, overridden by an integrator's. At the end it closes the integrator's objects: each {@link
 * AutoCloseable} that is bound as an instance or created while the app starts. Each is closed once, after all objects
 * that depend on it. The caller of a {@code Provider} closes objects that it creates later.
 */
final class AppParts {
    private final ClosingStack closing;
    private final Set<Object> known = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile boolean starting = true;

    AppParts(ClosingStack closing) {
        this.closing = closing;
    }

    /** The module of the whole app. Evaluates each of the given modules once. */
    Module combine(List<Module> own, Module... overrides) {
        List<Element> ownElements = Elements.getElements(own);
        List<Element> overriding = Elements.getElements(overrides);
        Set<Key<?>> ownKeys = keys(ownElements);
        ownKeys.removeAll(keys(overriding));
        bindings(overriding).forEach(this::closeInstance);
        Module listening = binder -> binder.bindListener(new Foreign(ownKeys), (ProvisionListener) this::provisioned);
        return Modules.combine(
                listening, Modules.override(Elements.getModule(ownElements)).with(Elements.getModule(overriding)));
    }

    /** Stops recording new objects. */
    void started() {
        starting = false;
    }

    private <T> void provisioned(ProvisionListener.ProvisionInvocation<T> making) {
        T made = making.provision();
        if (starting) {
            close(made);
        }
    }

    private void closeInstance(Binding<?> binding) {
        if (binding instanceof InstanceBinding<?> bound) {
            close(bound.getInstance());
        }
    }

    private void close(Object part) {
        if (ClosingStack.isClosable(part) && known.add(part)) {
            closing.addClosable(part);
        }
    }

    private static Set<Key<?>> keys(Collection<Element> elements) {
        Set<Key<?>> keys = new HashSet<>();
        bindings(elements).forEach(binding -> keys.add(binding.getKey()));
        return keys;
    }

    private static Stream<Binding<?>> bindings(Collection<Element> elements) {
        return elements.stream().flatMap(element -> {
            if (element instanceof PrivateElements inner) {
                return bindings(inner.getElements());
            }
            return element instanceof Binding<?> binding ? Stream.of(binding) : Stream.of();
        });
    }

    /** Every binding except the app's own, which stops its parts itself. */
    private static final class Foreign implements Matcher<Binding<?>> {
        private final Set<Key<?>> own;

        private Foreign(Set<Key<?>> own) {
            this.own = own;
        }

        @Override
        public boolean matches(Binding<?> binding) {
            return !own.contains(binding.getKey());
        }
    }
}
