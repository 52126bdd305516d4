package org.obverse.plugins.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.plugins.metrics.Calibration.Binning;
import org.obverse.plugins.metrics.Calibration.Norm;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CalibrationTest {
    @ParameterizedTest
    @CsvSource({"10, L1", "10, L2", "15, L1", "15, L2"})
    void the_errors_of_random_predictions_are_those_of_the_reference(int bins, Norm norm) {
        try (Workbench bench = Workbench.of(CalibrationTest.class)) {
            Fixture fixture = bench.fixture("ece.safetensors");
            double[][] probabilities = Tensors.rows(fixture.get("probs"));
            double[] targets = Tensors.values(fixture.get("targets"));
            List<Verdict> predictions = IntStream.range(0, targets.length)
                    .mapToObj(i -> prediction(probabilities[i], (int) targets[i]))
                    .toList();
            double expected = Tensors.value(fixture.get("ce_" + norm.name().toLowerCase(Locale.ROOT) + "_bins" + bins));

            assertEquals(expected, new Calibration(bins, norm, Binning.REFERENCE).error(predictions), 1e-7);
        }
    }

    @ParameterizedTest
    @CsvSource({"L1, DEFAULT, l1", "L2, DEFAULT, l2", "L1, REFERENCE, l1_reference", "L2, REFERENCE, l2_reference"})
    void both_binnings_and_norms_agree_with_the_formula(Norm norm, Binning binning, String expected)
            throws IOException {
        JsonNode ece = losses().path("ece");
        List<Verdict> predictions = IntStream.range(0, ece.path("conf").size())
                .mapToObj(i -> prediction(
                        ece.path("conf").path(i).asDouble(),
                        ece.path("correct").path(i).asDouble() == 1))
                .toList();

        double error = new Calibration(10, norm, binning).error(predictions);

        assertEquals(ece.path(expected).asDouble(), error, 1e-15);
    }

    @Test
    void a_model_that_is_right_as_often_as_it_is_sure_has_no_error() {
        List<Verdict> predictions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            predictions.add(prediction(0.25, i % 4 == 0));
            predictions.add(prediction(0.75, i % 4 != 0));
        }

        for (Norm norm : Norm.values()) {
            assertEquals(0, new Calibration(10, norm, Binning.DEFAULT).error(predictions), 1e-12);
        }
    }

    @Test
    void a_model_that_is_sure_and_wrong_has_the_largest_error() {
        List<Verdict> predictions = Collections.nCopies(7, prediction(1, false));

        for (Binning binning : Binning.values()) {
            assertEquals(1, new Calibration(10, Norm.L2, binning).error(predictions));
        }
    }

    @Test
    void bins_are_closed_on_the_left() {
        List<Verdict> predictions = List.of(prediction(0.5, true), prediction(0.4, false));

        assertEquals((0.5 + 0.4) / 2, new Calibration(2, Norm.L1, Binning.DEFAULT).error(predictions), 1e-15);
        assertEquals(0.05, new Calibration(1, Norm.L1, Binning.DEFAULT).error(predictions), 1e-15);
    }

    /** Two classes that a model finds equally likely have a probability of 0.5, where bins meet. */
    @Test
    void last_bits_of_a_confidence_on_an_edge_do_not_move_it_to_another_bin() {
        for (double confidence : new double[] {0.5, Math.nextDown(0.5), 0.5 - 1e-6, 0.5 + 1e-6}) {
            List<Verdict> predictions = List.of(prediction(confidence, false), prediction(0.55, true));
            for (Binning binning : Binning.values()) {
                double error = new Calibration(10, Norm.L1, binning).error(predictions);
                assertEquals(Math.abs(1 - 0.5 - 0.55) / 2, error, 1e-6);
            }
        }
        List<Verdict> apart = List.of(prediction(0.5 - 3.1e-5, false), prediction(0.55, true));

        assertEquals((0.5 + 0.45) / 2, new Calibration(10, Norm.L1, Binning.DEFAULT).error(apart), 2e-5);
    }

    @Test
    void only_a_confidence_of_exactly_1_has_the_bin_of_its_own() {
        List<Verdict> predictions = List.of(prediction(1, false), prediction(1 - 1e-6, true));

        assertEquals(Math.sqrt(0.5), new Calibration(10, Norm.L2, Binning.REFERENCE).error(predictions), 1e-6);
        assertEquals(0.5, new Calibration(10, Norm.L2, Binning.DEFAULT).error(predictions), 1e-6);
    }

    @Test
    void the_order_of_the_predictions_does_not_matter() {
        Random random = new Random(5);
        List<Verdict> predictions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            predictions.add(prediction(random.nextDouble(), random.nextBoolean()));
        }
        Calibration calibration = new Calibration(10, Norm.L2, Binning.DEFAULT);
        double error = calibration.error(predictions);
        Collections.shuffle(predictions, random);

        assertEquals(error, calibration.error(predictions), 1e-14);
    }

    private static Verdict prediction(double confidence, boolean correct) {
        return new Verdict(0, correct ? 0 : 1, correct ? confidence : 0, confidence);
    }

    private static Verdict prediction(double[] probabilities, int target) {
        double highest = Arrays.stream(probabilities).max().orElseThrow();
        return prediction(highest, probabilities[target] == highest);
    }

    private static JsonNode losses() throws IOException {
        try (InputStream file = CalibrationTest.class.getResourceAsStream("/losses.json")) {
            assertNotNull(file);
            return JsonMapper.shared().readTree(file);
        }
    }
}
