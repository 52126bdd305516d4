package org.obverse.plugins.metrics;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.network.Tap;

/**
 * A model that looks at images.
 *
 * <p>One judge per metric: every metric that needs an evaluation model has a key {@code judge}, and a plan with several
 * models lists the metric once for each.
 *
 * @param tap of the model, by which images are compared
 */
record Judge(Evidence evidence, EvaluationModel model, String tap) {
    /** By penultimate activations. */
    Judge(Evidence evidence, EvaluationModel model) {
        this(evidence, model, Tap.PENULTIMATE);
    }

    /** The evaluation model that a metric's configuration means. */
    static Judge of(Reconstructions evidence, Judged configuration) {
        String tap = configuration instanceof FeatureBased features ? features.tap() : Tap.PENULTIMATE;
        return new Judge(evidence, evidence.judge(), tap);
    }

    /** The attacked model itself, for figures about it. */
    static Judge target(TargetEvidence evidence) {
        return new Judge(evidence, new EvaluationModel("target", evidence.target(), 0));
    }

    /** All images of some candidates. */
    Gallery reconstructions(Reconstructions shown, Candidates candidates) {
        return reconstructions(
                shown, candidates, IntStream.range(0, candidates.size()).toArray());
    }

    /** Images of the candidates at {@code rows}. */
    Gallery reconstructions(Reconstructions shown, Candidates candidates, int... rows) {
        return new Gallery(this, rows, candidates.classes()::get, chosen -> shown.images(candidates, model, chosen));
    }

    /** The private images whose class is wanted, in the data's order. */
    Gallery real(Part part, IntPredicate wantedClass) {
        Images images = evidence.images(part, model);
        return real(
                images,
                IntStream.range(0, images.size())
                        .filter(row -> wantedClass.test(images.label(row)))
                        .toArray());
    }

    /**
     * Some of the images that {@link Evidence#images} gives.
     */
    Gallery real(Images images, int... rows) {
        return new Gallery(this, rows, images::label, chosen -> images.read(evidence.manager(), chosen));
    }

    /** A figure's name with the model that it depends on, as in {@code FID(small-inception)}. */
    String figure(String name) {
        return name + "(" + model.name() + ")";
    }
}
