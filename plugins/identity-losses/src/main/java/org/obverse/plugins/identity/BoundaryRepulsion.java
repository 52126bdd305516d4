package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;

/**
 * Boundary repulsion with gradients: BREP-MI's search (Kahla et al., CVPR 2022) for who may differentiate. The loss of a candidate is
 * the mean cross-entropy of K neighbours of its point, {@code w + R σ ∘ n / √d} with n standard normal, d coordinates and σ the prior's
 * standard deviation of each, so that they lie about R away in units of σ. What is told as the model's answer is the logarithm of the
 * neighbours' mean score. R grows
 * whenever enough neighbours are recognised as the class, so that some of them keep touching the boundary and the loss never
 * saturates, however certain the model is. Costs K questions per step.
 */
final class BoundaryRepulsion implements IdentityLoss {
    private static final int DRAWS = 2000;

    private final Settings settings;
    private final Resources resources;

    BoundaryRepulsion(Settings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    /** How {@code boundary-repulsion} surrounds its points. */
    public record Settings(
            @Meaning("neighbours of each candidate, drawn anew in every step")
            int neighbours,

            @Meaning(
                    "their root mean square distance at the start, each coordinate in standard deviations of the prior, above 0")
            double radius,

            @Meaning("what the distance is multiplied by when enough neighbours are of the class, above 1")
            double growth,

            @Meaning("share of the neighbours that must be exceeded for that, in [0, 1)")
            double growthShare)
            implements Checked {
        static final Settings DEFAULT = new Settings(8, 0.5, 1.3, 0.75);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "neighbours", neighbours)
                    .positive("radius", radius)
                    .require(
                            growth > 1 && Double.isFinite(growth),
                            "growth",
                            growth + " lets no distance grow",
                            "use a number above 1")
                    .decay("growth-share", growthShare)
                    .list();
        }
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        return new Search(model, spread(context));
    }

    /** The standard deviation of the prior in each coordinate of the space that is searched, {@code [1, ...searchSpace]}. */
    private static NDArray spread(StageContext context) {
        Generator generator = context.generator();
        RandomStream random = context.random().child("prior");
        double[] sum = new double[Math.toIntExact(generator.searchSpace().size())];
        double[] squares = new double[sum.length];
        for (int from = 0; from < DRAWS; from += context.batch()) {
            context.checkpoint();
            float[] located = located(generator, random, from, Math.min(DRAWS, from + context.batch()), context);
            for (int i = 0; i < located.length; i++) {
                sum[i % sum.length] += located[i];
                squares[i % sum.length] += (double) located[i] * located[i];
            }
        }
        float[] spread = new float[sum.length];
        for (int i = 0; i < spread.length; i++) {
            double mean = sum[i] / DRAWS;
            spread[i] = (float) Math.sqrt(Math.max(0, squares[i] / DRAWS - mean * mean));
        }
        return context.manager().create(spread, new Shape(1).addAll(generator.searchSpace()));
    }

    private static float[] located(Generator generator, RandomStream random, int from, int to, StageContext context) {
        int size = generator.latentSize();
        float[] z = new float[(to - from) * size];
        for (int draw = from; draw < to; draw++) {
            System.arraycopy(random.child("draw", draw).gaussians(size), 0, z, (draw - from) * size, size);
        }
        try (NDScope scope = new NDScope()) {
            return generator
                    .locate(context.manager().create(z, new Shape(to - from, size)))
                    .toFloatArray();
        }
    }

    /** One unit's search. */
    private final class Search implements Objective {
        private final WhiteBox model;
        private final NDArray spread;
        /** The radius of each candidate by the step that uses it. */
        private final Map<Integer, NavigableMap<Integer, Double>> radii = new HashMap<>();

        private Search(WhiteBox model, NDArray spread) {
            this.model = model;
            this.spread = spread;
        }

        @Override
        public Assessment at(SearchStep step) {
            NDArray scale = scale(step);
            List<NDArray> logScores = new ArrayList<>();
            for (int i = 0; i < settings.neighbours(); i++) {
                NDArray logits = model.forward(
                                step.images(step.points().add(offsets(step, i).mul(scale))))
                        .logits();
                logScores.add(
                        resources.operators().cast(logits, step.precision()).logSoftmax(1));
            }
            grow(step, logScores);
            NDArray all = NDArrays.stack(new NDList(logScores));
            NDArray wanted =
                    step.targets().oneHot(Math.toIntExact(all.getShape().get(2)), step.precision());
            NDArray losses =
                    all.mul(wanted).sum(new int[] {2}).mean(new int[] {0}).neg();
            return new Assessment(losses, all.exp().mean(new int[] {0}).log());
        }

        /** What a unit of the offsets is worth, {@code [N, ...]}. */
        private NDArray scale(SearchStep step) {
            NDArray unit = ofPoints(step.points().getShape());
            float[] radius = new float[step.candidates().size()];
            for (int i = 0; i < radius.length; i++) {
                radius[i] = (float) radius(step.candidates().get(i), step.number());
            }
            long[] ones = new long[step.points().getShape().dimension()];
            Arrays.fill(ones, 1);
            ones[0] = radius.length;
            return unit.mul(step.points().getManager().create(radius, new Shape(ones)));
        }

        /** A search in single w takes the spread of one row, which all rows share. */
        private NDArray ofPoints(Shape points) {
            Shape searched = spread.getShape();
            if (points.slice(1).equals(searched.slice(1))) {
                return spread;
            }
            if (points.dimension() == 3
                    && searched.dimension() == 3
                    && points.get(1) == 1
                    && points.get(2) == searched.get(2)) {
                return spread.get(":, 0:1");
            }
            throw new InvalidConfigurationException(new Problem(
                    "loss",
                    "boundary-repulsion surrounds points of the generator, " + searched.slice(1)
                            + ", and the optimizer moves something of shape " + points.slice(1),
                    "use an optimizer of points, such as latent-adam, or another loss"));
        }

        private NDArray offsets(SearchStep step, int neighbour) {
            int size = Math.toIntExact(step.points().getShape().slice(1).size());
            NDList rows = new NDList();
            for (Candidate candidate : step.candidates()) {
                float[] offset =
                        candidate.random().child("neighbour", neighbour).gaussians(size);
                rows.add(step.points()
                        .getManager()
                        .create(offset, step.points().getShape().slice(1)));
            }
            return NDArrays.stack(rows);
        }

        private double radius(Candidate candidate, int step) {
            Map.Entry<Integer, Double> known = radii(candidate).floorEntry(step);
            return known == null ? settings.radius() : known.getValue();
        }

        private NavigableMap<Integer, Double> radii(Candidate candidate) {
            return radii.computeIfAbsent(candidate.row(), row -> new TreeMap<>());
        }

        /** Sets the radii of the next step. */
        private void grow(SearchStep step, List<NDArray> logScores) {
            int[] inside = new int[step.candidates().size()];
            for (NDArray of : logScores) {
                long[] labels = of.argMax(1).toType(DataType.INT64, false).toLongArray();
                for (int i = 0; i < labels.length; i++) {
                    inside[i] += labels[i] == step.candidates().get(i).targetClass() ? 1 : 0;
                }
            }
            for (int i = 0; i < inside.length; i++) {
                Candidate candidate = step.candidates().get(i);
                double now = radius(candidate, step.number());
                boolean grows = inside[i] > settings.growthShare() * settings.neighbours();
                if (grows) {
                    radii(candidate).put(step.number() + 1, now * settings.growth());
                } else {
                    radii(candidate).remove(step.number() + 1);
                }
            }
        }
    }
}
