package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.NameOrIndex;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Suggestion;

/** The scalar keys of a target. */
record TargetKeys(
        @Meaning("a weights file of any format to load instead of training; empty trains") @InputFile
        String weights,

        @Meaning("what the attack may ask of the target") Access access,

        @Meaning("the most queries per class that a stage may make; a stage that is not listed is not limited")
        Map<String, Long> budget,

        @Meaning(
                "all classes of the data, by name or number, in the order in which a finished network counts them; empty"
                        + " if that is the data's own order")
        List<NameOrIndex> classOrder,

        @Meaning(
                "seed of its training; the plan's seeds.training if left out; a second model of the same recipe needs one")
        long seed)
        implements Checked {
    static final Map<String, Stage> STAGES =
            Arrays.stream(Stage.values()).collect(Collectors.toUnmodifiableMap(Stage::label, Function.identity()));

    /** What a target is that gives no key. */
    static TargetKeys of(long seed) {
        return new TargetKeys("", Access.WHITE_BOX, Map.of(), List.of(), seed);
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        budget.forEach((stage, queries) -> {
            if (!STAGES.containsKey(stage)) {
                problems.add(new Problem(
                        "budget." + stage,
                        "there is no stage '" + stage + "'",
                        Suggestion.of(stage, "stages", STAGES.keySet())));
            } else if (queries < 1) {
                problems.add(new Problem(
                        "budget." + stage, queries + " queries are too few", "use at least 1, or drop the key"));
            }
        });
        return problems;
    }
}
