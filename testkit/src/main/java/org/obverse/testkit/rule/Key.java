package org.obverse.testkit.rule;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.obverse.api.plugin.Requirements.NestedUse;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Description;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.plan.PlannedComponent;

/**
 * One parameter of a configuration.
 *
 * @param path dotted
 */
record Key(String path, Type type) {
    /** Every parameter; those of nested records one by one. */
    static List<Key> of(Record configuration) {
        List<Key> keys = new ArrayList<>();
        collect(configuration.getClass(), Description.of(configuration), "", keys);
        return keys;
    }

    private static void collect(Class<?> record, List<Description> described, String path, List<Key> keys) {
        RecordComponent[] components = record.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String key = path + described.get(i).key();
            Class<?> type = components[i].getType();
            if (type.isRecord() && type != Use.class) {
                collect(type, described.get(i).nested(), key + ".", keys);
            } else {
                keys.add(new Key(key, components[i].getGenericType()));
            }
        }
    }

    private Class<?> raw() {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    /** Whether other parameters may matter only under some of its values. */
    boolean chooses() {
        return raw().isEnum() || raw() == boolean.class || raw() == Boolean.class;
    }

    /** Other values than the one that a component has, likely ones first. */
    Set<Node> alternatives(PlannedComponent<?> chosen, Subject<?> subject) {
        Node now = Subject.tree(chosen).at(path).orElse(Node.nothing());
        Set<Node> others = new LinkedHashSet<>();
        if (raw().isEnum()) {
            for (Object constant : raw().getEnumConstants()) {
                others.add(Node.of(constant));
            }
        } else if (now instanceof Scalar scalar) {
            others.addAll(scalars(scalar.value()));
        } else if (now instanceof Sequence sequence) {
            others.addAll(sequences(sequence));
        } else if (now instanceof Mapping) {
            others.addAll(parts(chosen, subject));
        }
        others.removeIf(other -> other.equals(now));
        return others;
    }

    private static List<Node> scalars(Object value) {
        if (value instanceof Boolean flag) {
            return List.of(scalar(!flag));
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            List<Node> others = new ArrayList<>();
            for (long other : new long[] {number + 1, number * 2, number / 2, number - 1, 1, 0, number + 16}) {
                others.add(scalar(value instanceof Integer ? (Object) (int) other : (Object) other));
            }
            return others;
        }
        if (value instanceof Number number) {
            double now = number.doubleValue();
            List<Node> others = new ArrayList<>();
            for (double other : new double[] {now * 2, now / 2, now + 0.1, now - 0.1, now + 1, 0.5, 1, 0, -now}) {
                others.add(scalar(other));
            }
            return others;
        }
        return Stream.of("bench:weights", "bench:other-weights", "", "mistaken")
                .map(Key::scalar)
                .toList();
    }

    private static List<Node> sequences(Sequence sequence) {
        List<Node> others = new ArrayList<>();
        if (!sequence.items().isEmpty()) {
            others.add(new Sequence(sequence.items().subList(1, sequence.items().size()), 0));
            others.add(new Sequence(List.of(), 0));
            if (sequence.items().get(0) instanceof Scalar scalar) {
                for (Node other : scalars(scalar.value())) {
                    List<Node> items = new ArrayList<>(sequence.items());
                    items.set(0, other);
                    others.add(new Sequence(items, 0));
                }
            }
        }
        return others;
    }

    /** Other components in the place of a part. */
    private List<Node> parts(PlannedComponent<?> chosen, Subject<?> subject) {
        List<Node> others = new ArrayList<>();
        for (NestedUse part : chosen.requirements().parts()) {
            if (part.key().equals(path)) {
                subject.rivals(part.kind()).forEach(name -> others.add(Node.of(Use.of(name))));
            }
        }
        return others;
    }

    private static Node scalar(Object value) {
        return Node.of(value);
    }

    /** Settings that give this parameter a value. */
    Mapping set(Node value) {
        String[] steps = path.split("\\.", -1);
        Node inner = value;
        for (int i = steps.length - 1; i >= 0; i--) {
            Map<String, Node> entry = new LinkedHashMap<>();
            entry.put(steps[i], inner);
            inner = new Mapping(entry, 0);
        }
        return (Mapping) inner;
    }
}
