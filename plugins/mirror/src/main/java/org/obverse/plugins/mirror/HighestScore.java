package org.obverse.plugins.mirror;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Keeps the candidates that the stage before scored best; of equal ones those that it put first. Asks the target nothing. */
final class HighestScore implements Selector {
    static final String NAME = "highest-score";

    /** How many candidates stay. */
    public record Settings(
            @Meaning("candidates per class that are kept") int results) implements Checked {
        public static final Settings DEFAULT = new Settings(1);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "results", results).list();
        }
    }

    private final Settings settings;

    HighestScore(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Candidates select(Candidates candidates, StageContext context) {
        return candidates.rows(new LinkedHashSet<>(candidates.classes())
                .stream().flatMapToInt(wanted -> best(candidates, wanted)).toArray());
    }

    private IntStream best(Candidates candidates, int wanted) {
        int[] rows = candidates.of(wanted);
        if (rows.length < settings.results()) {
            throw new InvalidConfigurationException(new Problem(
                    "results",
                    settings.results() + " results cannot be chosen from " + rows.length + " candidates of class "
                            + wanted,
                    "use at most " + rows.length));
        }
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer row) -> -candidates.scores().get(row)))
                .limit(settings.results())
                .mapToInt(Integer::intValue);
    }
}
