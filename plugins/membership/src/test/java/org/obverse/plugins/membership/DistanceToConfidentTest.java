package org.obverse.plugins.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.network.Classifier;
import org.obverse.api.random.RandomStream;
import org.obverse.plugins.membership.DistanceToConfident.Configuration;
import org.obverse.plugins.membership.DistanceToConfident.Level;
import org.obverse.testkit.Workbench;

/** Of points on a line, of which a linear model is the surer of class 0 the further right they lie: {@code φ = 10 x}. */
class DistanceToConfidentTest {
    private static final Workbench BENCH = Workbench.of(DistanceToConfidentTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    private static Configuration configuration(Level level, int samples, int known) {
        return new Configuration(Norm.INFINITY, level, 1 / (1 + Math.exp(-5)), samples, known, 10, 0, 12, 1);
    }

    private static Measurement measure(Configuration configuration, Points training, Points test)
            throws MetricFailedException {
        return new DistanceToConfident(configuration, BENCH).measure(new LineEvidence(training, test, List.of()));
    }

    private static double figure(Measurement measured, String name) {
        return measured.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void members_of_whom_the_model_is_sure_are_told_from_others_of_whom_it_is_not() throws Exception {
        Measurement measured = measure(
                configuration(Level.ABSOLUTE, 10, 1), new Points(0.55f, 0.6f, 0.9f), new Points(0.2f, -0.1f, 0.3f));

        assertEquals(1, figure(measured, "AUC of DtC(l-inf)"));
        assertEquals(1, figure(measured, "advantage of DtC(l-inf)"));
        assertEquals(0, figure(measured, "members' median DtC(l-inf)"));
        assertEquals(0.3, figure(measured, "others' median DtC(l-inf)"), 1e-3);
        assertEquals(1, figure(measured, "members at DtC(l-inf) 0"));
    }

    @Test
    void the_median_of_known_members_is_the_level_where_the_plan_says_so() throws Exception {
        Measurement measured = measure(
                configuration(Level.MEDIAN_MEMBER, 10, 2), new Points(0.8f, 0.8f, 0.8f, 0.8f), new Points(0.6f, 0.7f));

        assertEquals(0, figure(measured, "members' median DtC(l-inf)"), 1e-3);
        assertEquals(0.15, figure(measured, "others' median DtC(l-inf)"), 1e-3);
    }

    @Test
    void as_many_of_either_are_judged_and_too_few_are_a_failure() throws Exception {
        Measurement measured = measure(
                configuration(Level.ABSOLUTE, 10, 1), new Points(0.5f, 0.6f, 0.9f, 0.7f), new Points(0.2f, 0.1f));

        assertEquals(2, measured.charts().get(0).series().get(0).y().size());
        MetricFailedException refused = assertThrows(
                MetricFailedException.class,
                () -> measure(configuration(Level.MEDIAN_MEMBER, 10, 2), new Points(1, 1, 1), new Points(0, 0)));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("3 training and 2 test images leave fewer than two"),
                refused.getMessage());
    }

    @Test
    void what_the_target_was_not_trained_on_is_no_member() throws Exception {
        Measurement measured = new DistanceToConfident(configuration(Level.ABSOLUTE, 10, 1), BENCH)
                .measure(new LineEvidence(
                        new Points(0.55f, 0.2f, 0.6f, 0.1f, 0.9f),
                        new Points(0.2f, -0.1f, 0.3f, 0, 0.1f),
                        List.of(1, 3)));

        assertEquals(1, figure(measured, "members at DtC(l-inf) 0"));
        assertEquals(3, measured.charts().get(0).series().get(0).y().size());
    }

    /** Of class 0, all of them. */
    private static final class Points implements Images {
        private final float[] places;

        Points(float... places) {
            this.places = places;
        }

        @Override
        public int size() {
            return places.length;
        }

        @Override
        public Shape shape() {
            return new Shape(1);
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] read = new float[indices.length];
            for (int i = 0; i < read.length; i++) {
                read[i] = places[indices[i]];
            }
            return manager.create(read, new Shape(read.length, 1));
        }
    }

    private record LineEvidence(Points training, Points test, List<Integer> heldOut) implements TargetEvidence {
        @Override
        public Classifier target() {
            return LinearModel.of(BENCH, new float[][] {{10}, {0}}, 0, 0);
        }

        @Override
        public Dataset data() {
            return new Dataset() {
                @Override
                public int classes() {
                    return 2;
                }

                @Override
                public List<String> classNames() {
                    return Dataset.numbered(2);
                }

                @Override
                public Shape shape() {
                    return new Shape(1);
                }

                @Override
                public Set<Part> parts() {
                    return Set.of(Part.TRAINING, Part.TEST);
                }

                @Override
                public Images images(Part part) {
                    return part == Part.TRAINING ? training : test;
                }
            };
        }

        @Override
        public Images images(Part part, EvaluationModel model) {
            return data().images(part);
        }

        @Override
        public NDManager manager() {
            return BENCH.manager();
        }

        @Override
        public int batch() {
            return 2;
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
}
