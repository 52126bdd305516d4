package org.obverse.plugins.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.CheckpointPolicy.Verdict;
import org.obverse.api.defense.Epoch;
import org.obverse.api.plugin.Problem;

class BestEpochTest {
    @Test
    void the_first_of_the_best_epochs_is_kept_and_training_stops_when_patience_is_spent() {
        BestEpoch policy = new BestEpoch(new EarlyStopping(0.2, 2));

        assertEquals(
                List.of(Verdict.KEEP, Verdict.CONTINUE, Verdict.KEEP, Verdict.CONTINUE, Verdict.STOP),
                verdicts(policy, 0.5, 0.4, 0.7, 0.7, 0.6));
    }

    @Test
    void the_next_training_begins_anew() {
        BestEpoch policy = new BestEpoch(new EarlyStopping(0.2, 2));
        verdicts(policy, 0.9, 0.8);

        assertEquals(List.of(Verdict.KEEP, Verdict.KEEP), verdicts(policy, 0.1, 0.2));
    }

    @Test
    void shares_and_patience_out_of_range_are_told_together() {
        assertEquals(
                List.of("validation", "patience"),
                new EarlyStopping(1, 0).check().stream().map(Problem::path).toList());
    }

    private static List<Verdict> verdicts(BestEpoch policy, double... accuracies) {
        return IntStream.range(0, accuracies.length)
                .mapToObj(e -> policy.judge(new Epoch(e, accuracies.length), accuracies[e]))
                .toList();
    }
}
