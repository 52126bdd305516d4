package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.obverse.api.defense.GradientPolicy.OfSamples;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

final class PrivacyLossTest {
    @Test
    void the_note_tells_epsilon_of_the_last_epoch_and_that_the_seed_must_be_secret() {
        String note = note(2.574, 3.1415);

        assertTrue(note.contains("ε 3.14 at δ 1.0E-5"), note);
        assertTrue(note.contains("For measurement; for release use a secret seed."), note);
    }

    @Test
    void an_epsilon_without_end_has_no_digits() {
        String note = note(2.574, Double.POSITIVE_INFINITY);

        assertTrue(note.contains("ε &gt;1000 at"), note);
    }

    @Test
    void a_training_without_such_a_figure_has_no_note() {
        assertEquals(Optional.empty(), PrivacyLoss.of(new Training("target", "a", List.of(new EpochFigures(1, 0.5)))));
    }

    @Test
    void what_a_policy_tells_comes_back_from_an_epochs_figures_by_name() {
        EpochFigures epoch = epoch(2);

        assertEquals(epoch, EpochFigures.of(epoch.byName()));
        assertEquals(
                List.of("loss", "accuracy", "delta", "epsilon"),
                List.copyOf(epoch.byName().keySet()));
    }

    private static String note(double first, double last) {
        Training training = new Training("target", "a", List.of(epoch(first), epoch(last)));
        return PrivacyLoss.of(training).orElseThrow().note().html();
    }

    private static EpochFigures epoch(double epsilon) {
        return new EpochFigures(1, 0.5, Map.of(OfSamples.EPSILON, epsilon, OfSamples.DELTA, 1e-5));
    }
}
