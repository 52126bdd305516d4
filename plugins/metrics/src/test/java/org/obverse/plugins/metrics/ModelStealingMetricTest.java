package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.plugins.metrics.Measured.assertFails;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.metric.Metric;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class ModelStealingMetricTest {
    private static Workbench bench;

    @BeforeAll
    static void open() {
        bench = Workbench.of(ModelStealingMetricTest.class);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static Metric stealing(Answers answers, int queries) {
        return Metrics.stealing(bench, answers, queries, Metrics.recipe(0.1, 60), ColourClassifier.ARCHITECTURE);
    }

    @ParameterizedTest
    @EnumSource(Answers.class)
    void a_copy_agrees_with_its_target_where_it_is_right_and_where_it_is_wrong(Answers answers) throws Exception {
        Swatches oneInFourMislabelled = Swatches.none()
                .and(0, 0.8, 0, 0)
                .and(1, 0, 0.8, 0)
                .and(2, 0, 0, 0.8)
                .and(0, 0, 0, 0.9);
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE)
                .testedOn(oneInFourMislabelled)
                .attacking(ColourClassifier.primary(Swatches.SHAPE, 5, bench.parameters(1)));

        Measured measured = Measured.by(stealing(answers, 9), evidence);

        String by = " by " + answers.label;
        assertEquals(1, measured.figure("agreement" + by + "(student)"));
        assertEquals(0.75, measured.figure("student accuracy" + by + "(student)"));
        assertEquals(1, measured.entry(0, 0));
        assertEquals(0.5, measured.entry(0, 1));
    }

    @Test
    void more_queries_than_there_are_public_images_and_no_test_images_are_failures() {
        ColourEvidence evidence = ColourEvidence.of(bench, ColourEvidence.PRIVATE, ColourEvidence.PRIVATE);

        assertFails(stealing(Answers.LABELS, 10), evidence, "10 are more than the 9 public images");
        assertFails(stealing(Answers.LABELS, 9), evidence.testedOn(Swatches.none()), "its test part is empty");
    }

    @Test
    void scores_are_probabilities_that_a_certain_target_keeps_in_float64() {
        double[] scores =
                Answers.SCORES.of(new double[][] {{90, 0, -5}}, bench.manager()).toDoubleArray();

        assertEquals(1, scores[0]);
        assertEquals(Math.exp(-90), scores[1], 1e-50);
        assertEquals(Math.exp(-95), scores[2], 1e-52);
    }

    /**
     * Of d = 3 features a linear target has d + 1 weights per class, and as many answers in logits fix them: the loss that the student is trained
     * with is quadratic in its weights, so that one step of Newton's method, with the Hessian read off that loss's own gradients, is the least
     * squares solution.
     */
    @Test
    void a_linear_target_is_the_only_minimiser_of_the_loss_of_one_logit_answer_more_than_it_has_features() {
        double[][] asked = {{0.3, -0.7, 0.2, 1}, {-0.5, 0.1, 0.9, 1}, {0.8, 0.6, -0.4, 1}, {0.2, 0.5, 0.7, 1}};
        double[] target = {1.5, -2, 0.25, 3, 0.5, -1, -0.75, 2, 1, 0.1, -0.2, 0.3};
        NDManager manager = bench.manager();
        NDArray features = manager.create(asked);
        double[][] answers = Tensors.rows(features.matMul(manager.create(target, new Shape(4, 3))));
        int unknown = target.length;

        double[] origin = gradient(features, answers, new double[unknown]);
        double[][] system = new double[unknown][unknown + 1];
        for (int j = 0; j < unknown; j++) {
            double[] unit = new double[unknown];
            unit[j] = 1;
            double[] there = gradient(features, answers, unit);
            for (int i = 0; i < unknown; i++) {
                system[i][j] = there[i] - origin[i];
                system[i][unknown] = -origin[i];
            }
        }

        assertArrayEquals(target, solved(system), 1e-8);
    }

    private static double[] gradient(NDArray features, double[][] answers, double[] weights) {
        NDArray leaf = bench.gradients().variable(bench.manager().create(weights, new Shape(4, 3)));
        try (Gradients.Recording recording = bench.gradients().recording()) {
            NDArray loss = Answers.LOGITS
                    .loss(bench.operators())
                    .loss(features.matMul(leaf), Answers.LOGITS.of(answers, bench.manager()))
                    .mean();
            return bench.gradients().of(loss, new NDList(leaf)).head().toDoubleArray();
        }
    }

    /** By Gauss and Jordan, with the largest pivot. */
    private static double[] solved(double[][] system) {
        int n = system.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column; row < n; row++) {
                pivot = Math.abs(system[row][column]) > Math.abs(system[pivot][column]) ? row : pivot;
            }
            double[] swapped = system[column];
            system[column] = system[pivot];
            system[pivot] = swapped;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : system[row][column] / system[column][column];
                for (int j = column; j <= n; j++) {
                    system[row][j] -= factor * system[column][j];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = system[i][n] / system[i][i];
        }
        return solution;
    }
}
