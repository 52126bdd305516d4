package org.obverse.testkit.rule;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.Contribution;
import org.obverse.testkit.bench.Bench;

/**
 * A component on a bench, with what its author notes about it.
 *
 * @param <T> what the component makes
 */
public final class Subject<T> implements AutoCloseable {
    private final Contribution<T> contribution;
    private final Bench bench;
    private final Notes notes;
    private final Notes.Entry entry;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final NDManager manager;

    Subject(Contribution<T> contribution, Bench bench, Notes notes) {
        this.contribution = contribution;
        this.bench = bench;
        this.notes = notes;
        this.entry = notes.of(name());
        this.manager = bench.torch().manager().newSubManager();
    }

    /** Kind and name, such as {@code optimizer/latent-adam}. */
    String name() {
        return contribution.component().kind().name() + "/"
                + contribution.component().name();
    }

    Contribution<T> contribution() {
        return contribution;
    }

    Kind<T> kind() {
        return contribution.component().kind();
    }

    Bench bench() {
        return bench;
    }

    Notes notes() {
        return notes;
    }

    Notes.Entry entry() {
        return entry;
    }

    /** For arrays that several rules look at. */
    NDManager manager() {
        return manager;
    }

    /** Releases what was made for the rules. */
    @Override
    public void close() {
        manager.close();
        made.clear();
    }

    /** The component as its author wants it tried. */
    PlannedComponent<T> chosen() {
        return chosen(Node.nothing());
    }

    /**
     * The component with further settings.
     *
     * @throws InvalidConfigurationException if they do not fit
     */
    PlannedComponent<T> chosen(Mapping over) {
        Mapping settings = entry.settings().overlaid(over);
        return bench.components()
                .choose(kind(), new Use(contribution.component().name(), plain(settings)));
    }

    /** The component with further settings; nothing if they do not fit. */
    Optional<PlannedComponent<T>> tried(Mapping over) {
        try {
            return Optional.of(chosen(over));
        } catch (InvalidConfigurationException e) {
            return Optional.empty();
        }
    }

    /** Names of the components of a kind that could stand in for one another. */
    List<String> rivals(Kind<?> other) {
        return bench.registry().all(other).stream()
                .map(one -> one.component().name())
                .toList();
    }

    /** Every key of a configuration with its value. */
    static Mapping tree(PlannedComponent<?> chosen) {
        return PlanWriter.tree(chosen).without(Set.of(Binder.USE));
    }

    private static Map<String, Object> plain(Mapping settings) {
        Map<String, Object> plain = new LinkedHashMap<>();
        settings.entries().forEach((key, value) -> plain.put(key, value.plain()));
        return plain;
    }

    /**
     * What several rules look at, made once.
     *
     * @param type under which it is remembered
     */
    <V> V once(Class<V> type, Supplier<V> first) {
        Object known = made.get(type);
        if (known == null) {
            known = first.get();
            made.put(type, known);
        }
        return type.cast(known);
    }
}
