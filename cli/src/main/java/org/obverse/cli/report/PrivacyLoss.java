package org.obverse.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.obverse.api.defense.GradientPolicy.OfSamples;
import org.obverse.cli.report.html.Tag;
import org.obverse.engine.record.RunRecord.Training;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

/**
 * What a training with differential privacy gives away at most.
 *
 * @param epsilon after the last epoch; infinite if it is too large to say anything
 */
record PrivacyLoss(double epsilon, double delta) {
    /** Of trainings that tell it. */
    static Optional<PrivacyLoss> of(Training training) {
        List<EpochFigures> epochs = training.epochs();
        EpochFigures last = epochs.get(epochs.size() - 1);
        return last.further().containsKey(OfSamples.EPSILON)
                ? Optional.of(new PrivacyLoss(epsilon(last), last.further().getOrDefault(OfSamples.DELTA, Double.NaN)))
                : Optional.empty();
    }

    /** NaN if the epoch tells none. */
    static double epsilon(EpochFigures epoch) {
        return epoch.further().getOrDefault(OfSamples.EPSILON, Double.NaN);
    }

    Tag note() {
        String shown = Double.isInfinite(epsilon) ? ">1000" : String.format(Locale.ROOT, "%.2f", epsilon);
        return Tag.of("p", "note")
                .text(
                        "Differential privacy: ε %s at δ %s, of one image that is added or removed; who has k images loses k times as much at least. For measurement; for release use a secret seed. Loss and accuracy of the"
                                        .formatted(shown, Double.toString(delta))
                                + " training samples are not covered.");
    }
}
