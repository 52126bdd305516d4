package org.obverse.plugins.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.identity.LatentLossGeometryMetric.Configuration;
import org.obverse.testkit.Workbench;

/** The cosine of the gradients of cross-entropy and margin, each in closed form, of linear models. */
class LatentLossGeometryTest {
    private static final Workbench BENCH = Workbench.of(LatentLossGeometryTest.class);
    private static final String COSINE = "cross-entropy and margin (latent)";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Two rows of two numbers each, which are the pixels. */
    private record TwoRows() implements Mapped {
        @Override
        public int rows() {
            return 2;
        }

        @Override
        public int styleSize() {
            return 2;
        }

        @Override
        public int latentSize() {
            return 2;
        }

        @Override
        public Shape image() {
            return new Shape(1, 2, 2);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(2, 2);
        }

        @Override
        public NDArray locate(NDArray z) {
            return map(z, Truncation.NONE);
        }

        @Override
        public NDArray map(NDArray z, Truncation truncation) {
            return z.expandDims(1).repeat(1, 2);
        }

        @Override
        public NDArray generate(NDArray points) {
            NDArray rows = points.getShape().get(1) == 1 ? points.repeat(1, 2) : points;
            return rows.reshape(-1, 1, 2, 2);
        }
    }

    /** An image of 4 x 4, which are z. */
    private record Square() implements Generator {
        @Override
        public int latentSize() {
            return 16;
        }

        @Override
        public Shape image() {
            return new Shape(1, 4, 4);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(16);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z;
        }

        @Override
        public NDArray generate(NDArray points) {
            return points.reshape(-1, 1, 4, 4);
        }
    }

    private record Found(Candidates candidates, Classifier target, int batch) implements Reconstructions {
        @Override
        public EvaluationModel judge() {
            throw new IllegalArgumentException("nobody judges here");
        }

        @Override
        public List<EvaluationModel> judges() {
            return List.of();
        }

        @Override
        public NDArray drawn(Candidates some, int... rows) {
            throw new IllegalArgumentException("nobody looks at images");
        }

        @Override
        public NDArray saved(Candidates some, int... rows) {
            throw new IllegalArgumentException("nobody looks at images");
        }

        @Override
        public NDArray shown(NDArray images, EvaluationModel model) {
            return images;
        }

        @Override
        public Images images(Part part, EvaluationModel model) {
            throw new IllegalArgumentException("nobody reads data");
        }

        @Override
        public Dataset data() {
            throw new IllegalArgumentException("nobody reads data");
        }

        @Override
        public NDManager manager() {
            return BENCH.manager();
        }

        @Override
        public RandomStream random() {
            return BENCH.stream(3);
        }

        @Override
        public void checkpoint() {}

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {}
    }

    private static double found(
            Configuration configuration, Generator generator, Classifier target, int batch, float[]... points)
            throws MetricFailedException {
        float[] flat = new float[points.length * points[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = points[i / points[0].length][i % points[0].length];
        }
        Shape shape = new Shape(points.length).addAll(generator.searchSpace());
        Candidates candidates = new Candidates(
                new LatentPoints(generator, BENCH.manager().create(flat, shape)),
                Collections.nCopies(points.length, 0),
                Collections.nCopies(points.length, Double.NaN),
                List.of());
        return new LatentLossGeometryMetric(configuration, BENCH)
                .measure(new Found(candidates, target, batch)).figures().stream()
                        .filter(figure -> figure.name().equals(COSINE))
                        .mapToDouble(Figure::value)
                        .findFirst()
                        .orElseThrow();
    }

    private static final double[][] WEIGHTS = {{1, 0, 2, 0}, {0, 1, 0, -1}, {1, 1, 0, 0}};
    private static final Configuration WHOLE = new Configuration(0.1, 0, 0, RandomCrop.NONE);

    private static Classifier fourPixels() {
        return new Framed(Linear.of(BENCH, WEIGHTS));
    }

    /** The gradient with respect to w is the sum of those with respect to the pixels of both rows. */
    @Test
    void all_rows_move_alike_with_w_and_keep_their_distances() throws Exception {
        double[][] ofW = {{3, 0}, {0, 0}, {1, 1}};
        float[] differing = {0.3f, -0.2f, 0.5f, 0.9f};
        float[] alike = {0.3f, -0.2f, 0.3f, -0.2f};

        assertEquals(cosine(ofW, logits(differing)), found(WHOLE, new TwoRows(), fourPixels(), 1, differing), 1e-6);
        assertEquals(cosine(ofW, logits(alike)), found(WHOLE, new TwoRows(), fourPixels(), 1, alike), 1e-6);
    }

    private static double[] logits(float... pixels) {
        double[] logits = new double[3];
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 4; i++) {
                logits[k] += WEIGHTS[k][i] * pixels[i];
            }
        }
        return logits;
    }

    /** Of the gradients of cross-entropy and margin of class 0, {@code Σ p_k w_k − w_0} and {@code w_s − w_0} with s the strongest other. */
    private static double cosine(double[][] weights, double... logits) {
        int strongest = logits[1] > logits[2] ? 1 : 2;
        double sum = Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]);
        double dot = 0;
        double one = 0;
        double two = 0;
        for (int i = 0; i < weights[0].length; i++) {
            double entropy = -weights[0][i];
            for (int k = 0; k < 3; k++) {
                entropy += Math.exp(logits[k]) / sum * weights[k][i];
            }
            double margin = weights[strongest][i] - weights[0][i];
            dot += entropy * margin;
            one += entropy * entropy;
            two += margin * margin;
        }
        return dot / Math.sqrt(one * two);
    }

    /** The middle is the pixels 5, 6, 9 and 10, one for one; of the whole image each of the fourPixels() seen is a mean of several. */
    @Test
    void the_target_sees_what_the_framing_leaves() throws Exception {
        float[] image = BENCH.stream(7).gaussians(16);

        double cropped = found(new Configuration(0.1, 2, 0, RandomCrop.NONE), new Square(), fourPixels(), 1, image);

        assertEquals(cosine(WEIGHTS, logits(image[5], image[6], image[9], image[10])), cropped, 1e-6);
        assertNotEquals(cropped, found(WHOLE, new Square(), fourPixels(), 1, image), 1e-3);
    }

    /** Takes images of 2 x 2. */
    private record Framed(Linear linear) implements Classifier {
        @Override
        public Shape input() {
            return new Shape(1, 2, 2);
        }

        @Override
        public int classes() {
            return linear.classes();
        }

        @Override
        public List<Tap> taps() {
            return List.of();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            return linear.forward(images, pass);
        }

        @Override
        public Parameters parameters() {
            return linear.parameters();
        }
    }

    @Test
    void the_part_that_is_seen_of_a_candidate_is_its_own_in_batches_of_any_size() throws Exception {
        Configuration cropping = new Configuration(0.1, 0, 0, new RandomCrop(0.2, 0.6, 1, 1));
        List<float[]> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            points.add(BENCH.stream(i).gaussians(16));
        }
        float[][] all = points.toArray(float[][]::new);

        assertEquals(
                found(cropping, new Square(), fourPixels(), 2, all),
                found(cropping, new Square(), fourPixels(), 5, all),
                1e-5);
        assertNotEquals(
                found(WHOLE, new Square(), fourPixels(), 5, all),
                found(cropping, new Square(), fourPixels(), 5, all),
                1e-3);
    }

    @Test
    void a_crop_that_does_not_fit_the_images_is_told() {

        MetricFailedException failed = assertThrows(
                MetricFailedException.class,
                () -> found(
                        new Configuration(0.1, 5, 0, RandomCrop.NONE), new Square(), fourPixels(), 1, new float[16]));

        assertTrue(
                String.valueOf(failed.getMessage()).startsWith("center-crop: a crop of 5 pixels"), failed.toString());
    }
}
