package org.obverse.cli.panel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.obverse.cli.figure.Proportion;
import org.obverse.cli.panel.Answers.Answer;

/**
 * The answers about one cell, by the person under B.
 *
 * @param people at least one, each with the panels that were answered yes or no
 */
record Tally(List<List<Answered>> people) {
    /** A panel about which the judge said yes or no. */
    record Answered(Shown shown, boolean yes) {
        boolean isReconstruction() {
            return shown instanceof Shown.Reconstruction;
        }

        boolean isPositive() {
            return shown instanceof Shown.Positive;
        }

        boolean isNegative() {
            return shown instanceof Shown.Negative;
        }

        /** Whether an evaluation model was asked about it and has this opinion. */
        boolean isFor(String model, boolean right) {
            return shown instanceof Shown.Reconstruction found
                    && found.recognised().containsKey(model)
                    && Boolean.valueOf(right).equals(found.recognised().get(model));
        }
    }

    Tally {
        people = List.copyOf(people);
    }

    static Tally of(List<Panel> panels, Answers answers) {
        Map<String, List<Answered>> people = new LinkedHashMap<>();
        for (Panel panel : panels) {
            List<Answered> person = people.computeIfAbsent(panel.person(), key -> new ArrayList<>());
            Answer given = answers.given().getOrDefault(panel.name(), Answer.REFUSED);
            if (given != Answer.REFUSED) {
                person.add(new Answered(panel.shown(), given == Answer.YES));
            }
        }
        return new Tally(List.copyOf(people.values()));
    }

    /** How often one thing is so among the panels of which another is so. */
    Proportion proportion(Predicate<Answered> among, Predicate<Answered> so) {
        int trials = 0;
        int successes = 0;
        for (int[] counts : counts(among, so)) {
            successes += counts[0];
            trials += counts[1];
        }
        return new Proportion(successes, trials);
    }

    /** The same share of some people's panels, each as often as named. */
    ToDoubleFunction<int[]> share(Predicate<Answered> among, Predicate<Answered> so) {
        int[][] counts = counts(among, so);
        return drawn -> {
            int successes = 0;
            int trials = 0;
            for (int person : drawn) {
                successes += counts[person][0];
                trials += counts[person][1];
            }
            return new Proportion(successes, trials).share();
        };
    }

    private int[][] counts(Predicate<Answered> among, Predicate<Answered> so) {
        return people.stream()
                .map(person -> new int[] {
                    (int) person.stream().filter(among.and(so)).count(),
                    (int) person.stream().filter(among).count()
                })
                .toArray(int[][]::new);
    }
}
