package org.obverse.plugins.trapmid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;

/** The metrics of targets of which it is known what they make of triggers. */
class MetricsTest {
    private static final Workbench BENCH = Workbench.of(MetricsTest.class);
    private static final int CLASSES = 3;
    private static final Shape INPUT = new Shape(3, 4, 4);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_target_that_looks_for_triggers_is_caught_by_all_and_one_that_takes_each_for_the_next_by_none()
            throws MetricFailedException {
        Measurement caught = accuracy(target(0), 11);

        assertEquals(1, figure(caught, "trap accuracy"));
        assertEquals(
                List.of(1.0, 1.0, 1.0),
                caught.tables().get(0).rows().stream()
                        .map(row -> row.values().get(0))
                        .toList());
        assertEquals(new Shape(3, 4, 12), caught.pictures().get(0).pixels().getShape());
        assertEquals(0, figure(accuracy(target(1), 11), "trap accuracy"));
    }

    @Test
    void of_a_target_without_triggers_or_data_without_test_images_there_is_no_trap_accuracy() {
        assertTrue(refused(plain(), 5).contains("train it with the defense 'trap-mid'"));
        assertTrue(refused(target(0), 0).contains("test part is empty"));
    }

    /** What all classes share, and a constant, leave the correlation as it is. */
    @Test
    void reconstructions_that_are_the_triggers_under_a_common_face_recover_them() throws MetricFailedException {
        LinearNet target = target(0);
        NDArray triggers = triggers(target);
        NDArray face = BENCH.manager().create(BENCH.stream(5).gaussians(48), INPUT);

        Measurement own = recovery(target, triggers.mul(0.3).add(face), List.of(0, 1, 2));

        assertEquals(1, figure(own, "trigger correlation"), 1e-6);
        assertEquals(1, figure(own, "own trigger is the nearest"));
    }

    @Test
    void reconstructions_of_other_classes_triggers_recover_none() throws MetricFailedException {
        LinearNet target = target(0);

        Measurement others = recovery(target, triggers(target), List.of(1, 2, 0));

        assertEquals(0, figure(others, "own trigger is the nearest"));
        assertTrue(figure(others, "trigger correlation") < 0);
    }

    @Test
    void a_class_s_reconstructions_are_averaged_and_one_class_alone_is_not_enough() throws MetricFailedException {
        LinearNet target = target(0);
        NDArray triggers = triggers(target);
        NDArray noise = BENCH.manager().create(BENCH.stream(6).gaussians(144), new Shape(3, 3, 4, 4));

        Measurement averaged =
                recovery(target, triggers.add(noise).concat(triggers.sub(noise), 0), List.of(0, 1, 2, 0, 1, 2));

        assertEquals(1, figure(averaged, "trigger correlation"), 1e-6);
        assertThrows(MetricFailedException.class, () -> recovery(target, triggers, List.of(1, 1, 1)));
    }

    private static String refused(LinearNet target, int tested) {
        return String.valueOf(assertThrows(MetricFailedException.class, () -> accuracy(target, tested))
                .getMessage());
    }

    private static double figure(Measurement measurement, String name) {
        return measurement.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static Measurement accuracy(LinearNet target, int tested) throws MetricFailedException {
        NDArray none = BENCH.manager().zeros(new Shape(1).addAll(INPUT));
        return new TrapAccuracyMetric().measure(new TrappedEvidence(BENCH, target, tested, none, List.of(0)));
    }

    private static Measurement recovery(LinearNet target, NDArray found, List<Integer> labels)
            throws MetricFailedException {
        return new TrapRecoveryMetric().measure(new TrappedEvidence(BENCH, target, 0, found, labels));
    }

    private static NDArray triggers(LinearNet target) {
        return Triggers.of(target.parameters()).orElseThrow().values();
    }

    private static LinearNet plain() {
        Parameters parameters = BENCH.parameters(1);
        return new LinearNet(INPUT, parameters, parameters.weight("fc", new Shape(48, CLASSES), Initial.normal(1)));
    }

    /** The logit of a class is the product with the trigger of the class that stands so many places before it. */
    private static LinearNet target(int shift) {
        Parameters parameters = BENCH.parameters(2);
        Triggers.attach(INPUT, CLASSES, 0.1, parameters);
        float[] triggers = Objects.requireNonNull(parameters.all().get("trap-mid.triggers"))
                .toFloatArray();
        float[] weight = new float[triggers.length];
        for (int c = 0; c < CLASSES; c++) {
            for (int p = 0; p < 48; p++) {
                weight[p * CLASSES + (c + shift) % CLASSES] = triggers[c * 48 + p];
            }
        }
        return new LinearNet(
                INPUT, parameters, parameters.weight("fc", new Shape(48, CLASSES), (shape, random) -> weight));
    }
}
