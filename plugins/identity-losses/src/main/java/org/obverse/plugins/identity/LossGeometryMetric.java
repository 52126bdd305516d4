package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Gradients;

/**
 * What an attack with gradients has to work with, at private test images and their own classes: how certain the target is, how unequal
 * its wrong logits are, where the Poincaré loss pulls the logits, and how the losses' gradients with respect to the image lie to one
 * another. Medians over images.
 */
final class LossGeometryMetric implements TargetMetric {
    private final Configuration configuration;
    private final Resources resources;

    LossGeometryMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
    }

    /** What {@code loss-geometry} looks at. */
    public record Configuration(
            @Meaning("number of test images, the first ones in a drawn order")
            int images,

            @Meaning(
                    "how far an image is moved to see whether gradients stay, as the Euclidean length over all pixels, above 0")
            double step)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(200, 0.5);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "images", images)
                    .positive("step", step)
                    .list();
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Images test = evidence.images(Part.TEST, new EvaluationModel("target", evidence.target(), 0));
        if (configuration.images() > test.size()) {
            throw new MetricFailedException("images: asks for " + configuration.images()
                    + " test images, and there are " + test.size() + "; use at most " + test.size());
        }
        int[] order = Arrays.copyOf(evidence.random().child("images").permutation(test.size()), configuration.images());
        Pass pass = Pass.evaluation(evidence.random().child("target"));
        LossAngles angles = new LossAngles(resources, evidence.target(), pass, configuration.step(), "image");
        Logits logits = new Logits();
        for (int from = 0; from < order.length; from += evidence.batch()) {
            evidence.checkpoint();
            int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + evidence.batch()));
            try (NDScope scope = new NDScope()) {
                NDArray images = test.read(evidence.manager(), rows);
                long[] labels = Arrays.stream(rows).mapToLong(test::label).toArray();
                NDArray targets = evidence.manager().create(labels);
                angles.look(images, targets, shown -> shown);
                logits.look(evidence.target().forward(images, pass).logits().toType(DataType.FLOAT64, false), targets);
            }
            evidence.progress(from + (long) rows.length, order.length, Map.of());
        }
        List<Figure> figures = new ArrayList<>(logits.figures());
        figures.addAll(angles.figures());
        return Measurement.of(figures.toArray(Figure[]::new));
    }

    /** What the logits alone say. */
    private final class Logits {
        private final List<Double> margins = new ArrayList<>();
        private final List<Double> shares = new ArrayList<>();
        private final List<Double> dispersions = new ArrayList<>();
        private final List<Double> towardsAll = new ArrayList<>();
        private final List<Double> towardsClass = new ArrayList<>();

        void look(NDArray logits, NDArray targets) {
            int classes = Math.toIntExact(logits.getShape().get(1));
            double[] all = logits.toDoubleArray();
            double[] pulls = pulls(logits, targets);
            long[] labels = targets.toLongArray();
            for (int i = 0; i < labels.length; i++) {
                double[] row = Arrays.copyOfRange(all, i * classes, (i + 1) * classes);
                double[] pull = Arrays.copyOfRange(pulls, i * classes, (i + 1) * classes);
                one(row, pull, (int) labels[i]);
            }
        }

        private double[] pulls(NDArray logits, NDArray targets) {
            Gradients gradients = resources.gradients();
            try (Gradients.Recording recording = gradients.recording()) {
                NDArray variable = gradients.variable(logits);
                NDArray loss = LogitLoss.POINCARE.perSample(variable, targets, resources.operators());
                return gradients
                        .of(loss.sum(), new NDList(variable))
                        .head()
                        .neg()
                        .toDoubleArray();
            }
        }

        private void one(double[] row, double[] pull, int target) {
            int strongest = target == 0 ? 1 : 0;
            double wrong = 0;
            double norm = 0;
            for (int k = 0; k < row.length; k++) {
                norm += Math.abs(row[k]);
                if (k != target) {
                    wrong += row[k] / (row.length - 1);
                    strongest = row[k] > row[strongest] ? k : strongest;
                }
            }
            double spread = 0;
            double sum = 0;
            double square = 0;
            for (int k = 0; k < row.length; k++) {
                spread += k == target ? 0 : Math.pow(row[k] - wrong, 2) / (row.length - 1);
                sum += pull[k];
                square += pull[k] * pull[k];
            }
            double length = Math.sqrt(square);
            margins.add(row[target] - row[strongest]);
            shares.add(row[target] / norm);
            dispersions.add(Math.sqrt(spread) / (row[target] - wrong));
            towardsAll.add(Math.abs(sum) / Math.sqrt(row.length) / length);
            towardsClass.add((pull[target] - pull[strongest]) / Math.sqrt(2) / length);
        }

        List<Figure> figures() throws MetricFailedException {
            return List.of(
                    figure("margin", margins, "logits"),
                    figure("share of the class's logit", shares, "of all logits' size"),
                    figure("dispersion of wrong logits", dispersions, "of the class's distance from their mean"),
                    figure("poincare's pull on all logits", towardsAll, "cosine"),
                    figure("poincare's pull on the margin", towardsClass, "cosine"));
        }

        private Figure figure(String name, List<Double> values, String unit) throws MetricFailedException {
            return new Figure(name, LossAngles.median(name, values), Better.NEITHER, unit);
        }
    }
}
