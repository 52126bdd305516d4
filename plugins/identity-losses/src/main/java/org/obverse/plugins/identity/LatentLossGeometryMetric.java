package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Resampling;

/**
 * As {@link LossGeometryMetric}, with respect to what an attack moves: points of a generator (one style vector where all rows share it)
 * or pixels. The target is shown the whole image at its input size. The generator may average out what is noise in the image. Where an
 * attack starts is seen with {@code of: sample}.
 */
final class LatentLossGeometryMetric implements ReconstructionMetric {
    private final Configuration configuration;
    private final Resources resources;

    LatentLossGeometryMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /** How far {@code latent-loss-geometry} steps. */
    public record Configuration(
            @Meaning("how far a point is moved to see whether gradients stay, as its Euclidean length, above 0")
            double step)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(0.1);

        @Override
        public List<Problem> check() {
            return new Problems().positive("step", step).list();
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Candidates candidates = evidence.candidates();
        LossAngles angles = new LossAngles(
                resources,
                evidence.target(),
                Pass.evaluation(evidence.random().child("target")),
                view(candidates.representation(), evidence.target().input()),
                configuration.step(),
                "latent");
        for (int from = 0; from < candidates.size(); from += evidence.batch()) {
            evidence.checkpoint();
            int[] rows = IntStream.range(from, Math.min(candidates.size(), from + evidence.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                long[] targets = Arrays.stream(rows)
                        .mapToLong(row -> candidates.classes().get(row))
                        .toArray();
                angles.look(
                        moved(candidates.representation().rows(rows)),
                        evidence.manager().create(targets));
            }
            evidence.progress(from + (long) rows.length, candidates.size(), Map.of());
        }
        return Measurement.of(angles.figures().toArray(Figure[]::new));
    }

    private static NDArray moved(Representation representation) throws MetricFailedException {
        if (representation instanceof LatentPoints points) {
            return points.generator() instanceof Mapped ? style(points.points()) : points.points();
        }
        if (representation instanceof FixedImages fixed) {
            return fixed.images();
        }
        throw new MetricFailedException("of: the candidates are neither points of a generator nor images but '"
                + representation.form() + "'; measure an attack that moves one of these");
    }

    /** One style vector where all rows share it, as attacks in W move it. */
    private static NDArray style(NDArray points) {
        NDArray first = points.get(":, 0:1");
        return points.sub(first).abs().max().getFloat() == 0 ? first : points;
    }

    private static UnaryOperator<NDArray> view(Representation representation, Shape input) {
        int height = Math.toIntExact(input.get(1));
        int width = Math.toIntExact(input.get(2));
        if (representation instanceof LatentPoints points) {
            Generator generator = points.generator();
            Resampling shown = Resampling.of(generator.image()).resize(height, width);
            return moved -> shown.apply(generator.generate(moved));
        }
        return images ->
                Resampling.of(images.getShape().slice(1)).resize(height, width).apply(images);
    }
}
