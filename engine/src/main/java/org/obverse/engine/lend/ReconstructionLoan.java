package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.common.base.Suppliers;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.attack.Candidates;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Classifier;
import org.obverse.api.tensor.Resampling;

/** What a metric of an attack is lent for one unit: no more than it declared. */
public record ReconstructionLoan(UnitLoan unit, DeclaredData lent, Shown shown)
        implements Reconstructions, UnitEvidence {
    /**
     * What a metric may look at. Candidates are read when they are asked for.
     *
     * @param target none if it was not declared
     * @param judge none if no evaluation model judges
     */
    public record Shown(Supplier<Candidates> candidates, List<Classifier> target, List<EvaluationModel> judge) {
        public Shown {
            candidates = Suppliers.memoize(candidates::get);
            target = List.copyOf(target);
            judge = List.copyOf(judge);
        }
    }

    @Override
    public Candidates candidates() {
        return shown.candidates().get();
    }

    @Override
    public Classifier target() {
        return new LentClassifier(only(shown.target(), "the target: Requirements.reads(TARGET)"), manager());
    }

    @Override
    public EvaluationModel judge() {
        EvaluationModel judge = only(shown.judge(), "an evaluation model: let its configuration implement Judged");
        return new EvaluationModel(judge.name(), new LentClassifier(judge.classifier(), manager()), judge.crop());
    }

    private static <T> T only(List<T> shown, String undeclared) {
        if (shown.isEmpty()) {
            throw new IllegalArgumentException("the metric did not declare that it reads " + undeclared);
        }
        return shown.get(0);
    }

    @Override
    public NDArray images(Candidates candidates, EvaluationModel model, int... rows) {
        return seen(candidates.draw(1, random().child("draw"), rows), model);
    }

    /**
     * Reconstructions as an evaluation model sees them: cropped, and resized to its input.
     *
     * @param drawn {@code [N, C, H, W]}; others are no pictures, and seen as they are
     */
    public static NDArray seen(NDArray drawn, EvaluationModel model) {
        Shape input = model.classifier().input();
        if (input.dimension() != 3) {
            return drawn;
        }
        Resampling whole = Resampling.of(drawn.getShape());
        Resampling seen = model.crop() == 0 ? whole : whole.centerCrop(model.crop());
        return seen.resize(Math.toIntExact(input.get(1)), Math.toIntExact(input.get(2)))
                .apply(drawn);
    }
}
