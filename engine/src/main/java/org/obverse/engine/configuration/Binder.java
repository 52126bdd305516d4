package org.obverse.engine.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node.Mapping;

/**
 * Binds the keys of a plan to a configuration record: a key that is not given keeps the default, nested records merge
 * key by key, lists and maps replace, and a {@code Use} of the default's component merges its settings.
 *
 * <p>Nothing stops at the first problem: a key that cannot be read keeps its default while the rest is read, and
 * {@link Checked} records are asked then.
 */
public final class Binder {
    /** The key that names a component. */
    public static final String USE = "use";

    private final Set<Problem> problems = new LinkedHashSet<>();

    /** What was found so far, each problem with its path and, if the tree has one, its line. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public void add(Problem problem) {
        problems.add(problem);
    }

    /**
     * @param defaults of every key
     * @param given keys of the plan
     * @param path of {@code given} in the plan, for messages; may be empty
     * @param beside keys that stand in the same mapping and belong to someone else
     * @return the configuration; to be used only if {@link #problems} has nothing below {@code path}
     */
    public <C extends Record> C bind(C defaults, Mapping given, String path, Set<String> beside) {
        refuseUnknown(defaults.getClass(), given, path, beside);
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            String key = Labels.key(component);
            Object fallback = Records.value(defaults, component);
            Optional<Node> node = beside.contains(key) ? Optional.empty() : given.get(key);
            values.put(
                    key,
                    node.flatMap(child -> reader().read(component.getGenericType(), fallback, child, below(path, key)))
                            .orElse(fallback));
        }
        @SuppressWarnings("unchecked")
        C bound = (C) Records.create(defaults.getClass(), values.values().toArray());
        ask(bound, given, path);
        return bound;
    }

    /** Binds without keys of others. */
    public <C extends Record> C bind(C defaults, Mapping given, String path) {
        return bind(defaults, given, path, Set.of());
    }

    /** A record of a list: it has no defaults, so that every key is required. */
    Optional<Record> bindAll(Class<?> type, Mapping given, String path) {
        refuseUnknown(type, given, path, Set.of());
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Labels.key(component);
            if (given.get(key).isEmpty()) {
                problems.add(new Problem(
                        below(path, key), given.line(), "the key is missing", "an entry of this list needs it"));
            }
            given.get(key)
                    .flatMap(child -> reader().read(component.getGenericType(), null, child, below(path, key)))
                    .ifPresent(values::add);
        }
        if (values.size() < type.getRecordComponents().length) {
            return Optional.empty();
        }
        Record bound = Records.create(type, values.toArray());
        ask(bound, given, path);
        return Optional.of(bound);
    }

    private ValueReader reader() {
        return new ValueReader(this);
    }

    private void refuseUnknown(Class<?> type, Mapping given, String path, Set<String> beside) {
        Set<String> known = new LinkedHashSet<>(beside);
        for (RecordComponent component : type.getRecordComponents()) {
            known.add(Labels.key(component));
        }
        refuseUnknown(given, path, known);
    }

    /** Reports every key of a mapping that is none of these. */
    public void refuseUnknown(Mapping given, String path, Set<String> known) {
        given.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(new Problem(
                        below(path, key),
                        value.line(),
                        "there is no key '" + key + "' here",
                        Suggestion.of(key, "known keys", known)));
            }
        });
    }

    private void ask(Record configuration, Mapping given, String path) {
        if (configuration instanceof Checked checked) {
            for (Problem found : checked.check()) {
                Problem placed = (path.isEmpty() ? found : found.under(path)).at(given.line(found.path()));
                if (problems.stream().noneMatch(known -> explains(known, placed))) {
                    problems.add(placed);
                }
            }
        }
    }

    /** A key that could not be read is not judged as well, and no rule is quoted twice. */
    private static boolean explains(Problem known, Problem placed) {
        return known.path().equals(placed.path()) || known.path().startsWith(placed.path() + ".");
    }

    static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
