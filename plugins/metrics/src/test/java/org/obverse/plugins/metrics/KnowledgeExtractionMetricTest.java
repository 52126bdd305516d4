package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.obverse.plugins.metrics.Measured.assertFails;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

class KnowledgeExtractionMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(KnowledgeExtractionMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void a_student_learns_the_private_classes_from_true_reconstructions() throws Exception {
        Swatches reconstructions = ColourEvidence.PRIVATE.inOrder(8, 7, 6, 3, 4, 5);

        Measured measured = Measured.by(
                Metrics.extraction(bench, Metrics.recipe(0.5, 40), ColourClassifier.ARCHITECTURE),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, reconstructions));

        assertEquals(1, measured.figure("ξ_train(student)"));
        assertEquals(1, measured.figure("ξ_test(student)"));
        assertEquals(
                List.of(1, 2),
                measured.measurement().tables().get(0).rows().stream()
                        .map(Measurement.Row::targetClass)
                        .toList());
    }

    @Test
    void a_student_of_swapped_reconstructions_is_always_wrong() throws Exception {
        Swatches swapped = Swatches.none();
        for (int i = 3; i < ColourEvidence.PRIVATE.size(); i++) {
            List<Double> colour = ColourEvidence.PRIVATE.colours().get(i);
            swapped = swapped.and(3 - ColourEvidence.PRIVATE.label(i), colour.get(0), colour.get(1), colour.get(2));
        }

        Measured measured = Measured.by(
                Metrics.extraction(bench, Metrics.recipe(0.5, 40), ColourClassifier.ARCHITECTURE),
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, swapped));

        assertEquals(0, measured.figure("ξ_train(student)"));
        assertEquals(0, measured.figure("ξ_test(student)"));
    }

    @Test
    void a_student_fails_for_a_stated_reason() {
        ColourEvidence everything = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        ColourEvidence oneClass =
                ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE.inOrder(0, 1, 2));
        ClassifierArchitecture picky = (input, classes, parameters) -> {
            throw new InvalidConfigurationException(new Problem("input", "images are too small", "use larger ones"));
        };

        assertFails(
                Metrics.extraction(bench, Metrics.recipe(0.5, 1), ColourClassifier.ARCHITECTURE),
                oneClass,
                "at least 2 classes");
        assertFails(Metrics.extraction(bench, Metrics.recipe(0.5, 1), picky), everything, "images are too small");
        assertFails(
                Metrics.extraction(bench, Metrics.recipe(1e38, 9), ColourClassifier.ARCHITECTURE),
                everything,
                "training.learning-rate");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, StudentImages.KEPT_BYTES})
    void a_student_learns_from_clamped_images_kept_or_drawn_for_every_batch(long kept) throws Exception {
        Candidates bright = ColourEvidence.candidates(
                bench.manager(), Swatches.none().and(4, 3, -2, 0.5).and(9, 0, 1, -1));
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        Judge judge = new Judge(evidence, evidence.judge());

        StudentImages images = StudentImages.of(
                judge.reconstructions(evidence, bright),
                List.of(4, 9)::indexOf,
                ColourEvidence.JUDGED,
                bench.manager(),
                kept);

        assertEquals(List.of(0, 1), List.of(images.label(0), images.label(1)));
        assertEquals(new Shape(2, 3, 4, 4), images.read(bench.manager(), 1, 0).getShape());
        assertEquals(1f, images.read(bench.manager(), 0).getFloat(0, 0, 3, 3));
        assertEquals(-1f, images.read(bench.manager(), 0).getFloat(0, 1, 0, 0));
        assertEquals(0.5f, images.read(bench.manager(), 0).getFloat(0, 2, 0, 0));
        assertEquals(-1f, images.read(bench.manager(), 0, 1).getFloat(1, 2, 0, 0));
    }

    @Test
    void an_image_that_is_drawn_for_every_batch_is_the_one_that_would_be_kept() throws Exception {
        Candidates candidates = ColourEvidence.candidates(bench.manager(), ColourEvidence.PRIVATE);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                .withBatch(2);
        Candidates noisy = new Candidates(
                new NoisyImages(ColourEvidence.PRIVATE.all(bench.manager())),
                candidates.classes(),
                candidates.scores(),
                List.of());
        Judge judge = new Judge(evidence, evidence.judge());

        StudentImages kept = images(judge, noisy, StudentImages.KEPT_BYTES);
        StudentImages drawn = images(judge, noisy, 0);

        int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        assertEquals(kept.read(bench.manager(), all), drawn.read(bench.manager(), all));
        assertEquals(kept.read(bench.manager(), 7, 0, 3), drawn.read(bench.manager(), 7, 0, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, StudentImages.KEPT_BYTES})
    void an_image_that_is_not_finite_is_told_before_a_student_learns_from_it(long kept) {
        Candidates diverged =
                ColourEvidence.candidates(bench.manager(), Swatches.none().and(0, Double.NaN, 0, 0));
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);
        Judge judge = new Judge(evidence, evidence.judge());

        assertThrows(MetricFailedException.class, () -> images(judge, diverged, kept));
    }

    private static StudentImages images(Judge judge, Candidates shown, long kept) throws MetricFailedException {
        return StudentImages.of(
                judge.reconstructions((Reconstructions) judge.evidence(), shown),
                IntUnaryOperator.identity(),
                ColourEvidence.JUDGED,
                bench.manager(),
                kept);
    }

    /** Images with noise from each candidate's stream, as of a representation that is a distribution. */
    private record NoisyImages(NDArray images) implements Representation {
        @Override
        public int size() {
            return Math.toIntExact(images.getShape().get(0));
        }

        @Override
        public NDArray draw(int draws, List<RandomStream> random) {
            NDList noisy = new NDList();
            for (int i = 0; i < size(); i++) {
                noisy.add(images.get(i).add((float) random.get(i).gaussian()));
            }
            return NDArrays.stack(noisy);
        }

        @Override
        public NoisyImages rows(int... rows) {
            return new NoisyImages(images.get(images.getManager()
                    .create(Arrays.stream(rows).asLongStream().toArray())));
        }

        @Override
        public NDList variables() {
            return new NDList(images);
        }

        @Override
        public String form() {
            return "noisy";
        }
    }
}
