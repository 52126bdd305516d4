package org.obverse.plugins.metrics;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.MetricFailedException;

/**
 * A model that looks at images.
 *
 * <p>One judge per metric: every metric that needs an evaluation model has a key {@code model}, and a plan with several
 * models lists the metric once for each.
 */
record Judge(Evidence evidence, EvaluationModel model) {
    /**
     * An evaluation model.
     *
     * @param name of a model of the plan, or empty for the first; the first one of several with the name
     * @throws MetricFailedException if there is none
     */
    static Judge named(Evidence evidence, String name) throws MetricFailedException {
        List<EvaluationModel> models = evidence.evaluationModels();
        if (models.isEmpty()) {
            throw new MetricFailedException(
                    "evaluation: the plan names no evaluation model, and this metric needs one; add an entry");
        }
        for (EvaluationModel model : models) {
            if (name.isEmpty() || name.equals(model.name())) {
                return new Judge(evidence, model);
            }
        }
        throw new MetricFailedException("model: the plan names no evaluation model '" + name + "'; it names "
                + String.join(", ", models.stream().map(EvaluationModel::name).toList()));
    }

    /** The attacked model itself, for figures about it. */
    static Judge target(Evidence evidence) {
        return new Judge(evidence, new EvaluationModel("target", evidence.target(), 0));
    }

    /** All images of some candidates. */
    Gallery reconstructions(Candidates candidates) {
        return reconstructions(candidates, IntStream.range(0, candidates.size()).toArray());
    }

    /** Images of the candidates at {@code rows}. */
    Gallery reconstructions(Candidates candidates, int... rows) {
        return new Gallery(this, rows, candidates.classes()::get, chosen -> evidence.images(candidates, model, chosen));
    }

    /** The private images whose class is wanted, in the data's order. */
    Gallery real(Part part, IntPredicate wantedClass) {
        Images images = evidence.images(part, model);
        int[] rows = IntStream.range(0, images.size())
                .filter(row -> wantedClass.test(images.label(row)))
                .toArray();
        return new Gallery(this, rows, images::label, chosen -> images.read(evidence.manager(), chosen));
    }

    /** A figure's name with the model that it depends on, as in {@code FID(small-inception)}. */
    String figure(String name) {
        return name + "(" + model.name() + ")";
    }
}
