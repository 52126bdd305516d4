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
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Framing;
import org.obverse.inversion.RandomCrop;

/**
 * As {@link LossGeometryMetric}, with respect to what an attack moves, and as it shows it to the target: framed, and a random part of it.
 * That is w of a generator with style vectors, which moves all rows alike, points of any other generator, or pixels. The generator may
 * average out what is noise in the image. All gradients at a candidate are of one part, which is the same after the step. Where an attack
 * starts is seen with {@code of: sample}.
 */
final class LatentLossGeometryMetric implements ReconstructionMetric {
    private final Configuration configuration;
    private final Resources resources;

    LatentLossGeometryMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /** How far {@code latent-loss-geometry} moves points, and what of them is seen. The defaults are those of {@code latent-adam}. */
    public record Configuration(
            @Meaning("how far a point is moved to see whether gradients stay, as its Euclidean length, above 0")
            double step,

            @Meaning(
                    "side of the central square that the target sees, in pixels of the generator; 0 is the whole image")
            int centerCrop,

            @Meaning("shorter side of what the target sees, in pixels; 0 is its input size")
            int resize,

            @Meaning("random part of the resized image that is seen of each candidate, resized back")
            RandomCrop randomCrop)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(0.1, 0, 0, new RandomCrop(0.9, 1, 1, 1));

        Framing framing() {
            return new Framing(centerCrop, resize);
        }

        @Override
        public List<Problem> check() {
            return new Problems()
                    .positive("step", step)
                    .all(framing().check())
                    .under("random-crop", randomCrop.check())
                    .list();
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        Candidates candidates = evidence.candidates();
        LossAngles angles = new LossAngles(
                resources,
                evidence.target(),
                Pass.evaluation(evidence.random().child("target")),
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
                Moved some = moved(
                        candidates.representation().rows(rows),
                        evidence.target().input());
                List<Resampling> seen =
                        seen(some.framed(), candidates, evidence.random().child("crop"), rows);
                angles.look(
                        some.points(),
                        evidence.manager().create(targets),
                        points -> Resampling.applyEach(some.images().apply(points), seen));
            }
            evidence.progress(from + (long) rows.length, candidates.size(), Map.of());
        }
        return Measurement.of(angles.figures().toArray(Figure[]::new));
    }

    /** A part of each candidate's image, drawn for it alone. */
    private List<Resampling> seen(Resampling framed, Candidates candidates, RandomStream random, int... rows) {
        RandomCrop crop = configuration.randomCrop();
        return crop.isNone()
                ? List.of(framed)
                : IntStream.of(rows)
                        .mapToObj(row -> crop.draw(candidates.stream(random, row), framed.height(), framed.width()))
                        .map(box -> framed.crop(box).resize(framed.height(), framed.width()))
                        .toList();
    }

    /**
     * @param points {@code [N, ...]}
     * @param images of points, as far as they are framed
     * @param framed from these to what the target takes
     */
    private record Moved(NDArray points, UnaryOperator<NDArray> images, Resampling framed) {}

    private Moved moved(Representation representation, Shape input) throws MetricFailedException {
        if (representation instanceof LatentPoints points) {
            Generator generator = points.generator();
            requireFit(generator.image());
            FramedImages images = FramedImages.of(generator, configuration.framing(), input);
            return generator instanceof Mapped
                    ? styles(points.points(), images)
                    : new Moved(points.points(), images.generate(), images.framed());
        }
        if (representation instanceof FixedImages fixed) {
            Shape image = fixed.images().getShape().slice(1);
            requireFit(image);
            return new Moved(
                    fixed.images(), shown -> shown, configuration.framing().of(image, input));
        }
        throw new MetricFailedException("of: the candidates are neither points of a generator nor images but '"
                + representation.form() + "'; measure an attack that moves one of these");
    }

    /** By w, to which rows that differ keep their distances. */
    private static Moved styles(NDArray rows, FramedImages images) {
        NDArray w = rows.get(":, 0:1");
        NDArray distances = rows.sub(w);
        boolean areAlike = distances.abs().max().getFloat() == 0;
        return new Moved(
                w,
                areAlike ? images.generate() : moved -> images.generate().apply(distances.add(moved)),
                images.framed());
    }

    private void requireFit(Shape image) throws MetricFailedException {
        for (Problem problem : configuration.framing().fit(image)) {
            throw new MetricFailedException(problem.toString());
        }
    }
}
