package org.obverse.engine.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.attack.Attack;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.NestedUse;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;

/** Turns a plan's {@code { use: NAME, … }} into a component with its configuration. */
public final class Components {
    private final Registry registry;

    public Components(Registry registry) {
        this.registry = registry;
    }

    public Registry registry() {
        return registry;
    }

    /**
     * Resolves a choice that a configuration made; what {@code Resources.create} needs.
     *
     * @throws InvalidConfigurationException if there is no such component, or settings do not fit it
     */
    public <T> PlannedComponent<T> choose(Kind<T> kind, Use use) {
        Binder binder = new Binder();
        Optional<PlannedComponent<T>> chosen = bind(kind, Node.of(use), "", Set.of(), binder);
        return chosen.orElseThrow(() -> new InvalidConfigurationException(binder.problems()));
    }

    /**
     * The stages of an attack, before a plan changes any.
     *
     * @throws InvalidConfigurationException if there is no such attack, or settings do not fit it
     */
    public Attack recipe(Use use) {
        PlannedComponent<Attack> chosen = choose(Kind.ATTACK, use);
        return chosen.create(new NoResources(chosen.subject()));
    }

    /** The plugin of a component, and those of all components that its configuration names. */
    public Set<LoadedPlugin> plugins(PlannedComponent<?> chosen) {
        Set<LoadedPlugin> plugins = new LinkedHashSet<>(Set.of(chosen.plugin()));
        for (NestedUse part : chosen.requirements().parts()) {
            plugins.addAll(plugins(choose(part.kind(), part.use())));
        }
        return plugins;
    }

    /**
     * @param beside keys of the mapping that belong to the plan, not to the component
     * @return nothing if a problem was reported to the binder
     */
    <T> Optional<PlannedComponent<T>> bind(Kind<T> kind, Node node, String path, Set<String> beside, Binder binder) {
        if (!(node instanceof Mapping mapping)) {
            binder.add(
                    new Problem(path, node.line(), "expected a " + kind + ", found " + node.found(), existing(kind)));
            return Optional.empty();
        }
        if (!(mapping.get(Binder.USE).orElse(mapping) instanceof Scalar name && name.value() instanceof String text)) {
            binder.add(new Problem(path, node.line(), "no " + kind + " is named", existing(kind)));
            return Optional.empty();
        }
        Optional<Contribution<T>> found = registry.find(kind, text);
        if (found.isEmpty()) {
            Problem missing = registry.missing(kind, text);
            binder.add((path.isEmpty() ? missing : missing.under(path)).at(name.line()));
            return Optional.empty();
        }
        Contribution<T> contribution = found.get();
        return bind(contribution.plugin(), contribution.component(), mapping, path, beside, binder);
    }

    private <C extends Record, T> Optional<PlannedComponent<T>> bind(
            LoadedPlugin plugin,
            Component<C, T> component,
            Mapping mapping,
            String path,
            Set<String> beside,
            Binder binder) {
        int before = binder.problems().size();
        Set<String> notItsOwn = new LinkedHashSet<>(beside);
        notItsOwn.add(Binder.USE);
        List<NestedUse> parts;
        PlannedComponent<T> chosen;
        try {
            C configuration = plugin.call(
                    "the configuration of " + new Contribution<>(plugin, component).subject(),
                    () -> binder.bind(component.defaults(), mapping, path, notItsOwn));
            if (binder.problems().size() > before) {
                return Optional.empty();
            }
            chosen = new PlannedComponent<>(plugin, component, configuration);
            parts = chosen.requirements().parts();
        } catch (PluginFailedException e) {
            throw path.isEmpty() ? e : e.at(path);
        }
        parts.forEach(part -> bindPart(part, mapping, path, binder));
        return binder.problems().size() > before ? Optional.empty() : Optional.of(chosen);
    }

    /** Lines come from the plan where it has the part's keys, else from the mapping around it. */
    private void bindPart(NestedUse part, Mapping mapping, String path, Binder binder) {
        Mapping whole = (Mapping) Node.of(part.use()).movedTo(mapping.line(part.key()));
        Node given = mapping.at(part.key()).orElse(whole);
        bind(
                part.kind(),
                given instanceof Mapping over ? whole.overlaid(over) : whole,
                path.isEmpty() ? part.key() : path + "." + part.key(),
                Set.of(),
                binder);
    }

    private String existing(Kind<?> kind) {
        List<String> names = registry.all(kind).stream()
                .map(contribution -> contribution.component().name())
                .toList();
        return "write { use: NAME }; " + Suggestion.of("", kind + "s that exist", names);
    }
}
