package org.obverse.plugins.controls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preflight;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;

/** What the attack delivered for class c, for class π(c): π is a derangement of the attacked classes, uniformly drawn, so that no class keeps its own. */
record WrongLabel() implements Control, Preflight {
    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return check(setting.classes());
    }

    private static List<Problem> check(List<Integer> classes) {
        return classes.size() > 1
                ? List.of()
                : List.of(new Problem(
                        "",
                        "judges what was found for one class as another one, and only one class is attacked",
                        "attack at least two classes, or drop the control"));
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Map<Integer, Integer> from = origins(context.allClasses(), context.random());
        Candidates attacked = context.attacked();
        List<Integer> rows = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        for (int wanted : context.classes()) {
            for (int row : attacked.of(from.getOrDefault(wanted, wanted))) {
                rows.add(row);
                classes.add(wanted);
            }
        }
        return new Candidates(
                attacked.representation()
                        .rows(rows.stream().mapToInt(Integer::intValue).toArray()),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }

    /**
     * Whose candidates each class is given.
     *
     * @param random whose permutations are drawn until one leaves no class where it is, which takes e draws on average
     */
    static Map<Integer, Integer> origins(List<Integer> classes, RandomStream random) {
        if (classes.size() < 2) {
            throw new InvalidConfigurationException(check(classes));
        }
        List<Integer> sorted = classes.stream().sorted().toList();
        for (int attempt = 0; ; attempt++) {
            int[] order = random.child("derangement", attempt).permutation(sorted.size());
            if (IntStream.range(0, order.length).noneMatch(i -> order[i] == i)) {
                Map<Integer, Integer> origins = new LinkedHashMap<>();
                for (int i = 0; i < order.length; i++) {
                    origins.put(sorted.get(order[i]), sorted.get(i));
                }
                return origins;
            }
        }
    }
}
