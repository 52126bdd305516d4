package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

/** Against the fixture's networks, whose images have a root mean square of about 1. */
class PrecisionTest {
    private static final Workbench BENCH = Workbench.of(PrecisionTest.class);
    private static final Reference REFERENCE = Reference.small(BENCH);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** bfloat16 rounds each activation by up to 2⁻⁹ of it, float16 by 2⁻¹². */
    @ParameterizedTest
    @CsvSource({"BFLOAT16, 0.02, 0.99", "FLOAT16, 0.003, 0.999"})
    void images_and_gradients_are_those_of_float32_up_to_rounding(
            Precision precision, double tolerance, double cosine) {
        FrozenGenerator exact = generator(Precision.FLOAT32, Noise.CONSTANT);
        FrozenGenerator reduced = generator(precision, Noise.CONSTANT);
        NDArray points = REFERENCE.get("wplus");
        NDArray expected = exact.generate(points);
        NDArray found = reduced.generate(points);
        assertEquals(DataType.FLOAT32, found.getDataType());
        double scale = norm(expected);
        double error = norm(found.sub(expected)) / scale;
        assertTrue(error < tolerance && error > 1e-5, precision + " differs by " + error);
        NDArray slope = slope(exact, points);
        NDArray reducedSlope = slope(reduced, points);
        assertEquals(DataType.FLOAT32, reducedSlope.getDataType());
        double agreement = slope.mul(reducedSlope).sum().getFloat() / (norm(slope) * norm(reducedSlope));
        assertTrue(agreement > cosine, precision + " has a gradient of cosine " + agreement);
    }

    @ParameterizedTest
    @EnumSource
    void a_window_and_single_blocks_are_those_of_the_whole(Precision precision) {
        FrozenGenerator generator = generator(precision, Noise.RANDOM);
        NDArray points = REFERENCE.get("wplus");
        NDArray whole = generator.generate(points);
        NDArray window = generator.generate(points, new Box(3, 7, 20, 11));
        assertEquals(0, Reference.difference(whole.get(":,:,3:23,7:18"), window), 0.05);
        NDList features = new NDList();
        for (int block = 0; block < generator.blocks(); block++) {
            features = generator.run(block, features, points);
            assertEquals(DataType.FLOAT32, features.get(0).getDataType());
        }
        assertEquals(0, Reference.difference(whole, features.get(1)), 1e-6);
    }

    @Test
    void float16_needs_a_bound_of_the_activations() {
        Settings plain = Settings.of(32).precision(Precision.FLOAT16);
        assertEquals(
                List.of("conv-clamp"),
                plain.settings().check().stream().map(Problem::path).toList());
        assertEquals(List.of(), plain.clamp(256).settings().check());
    }

    private static FrozenGenerator generator(Precision precision, Noise noise) {
        StyleGan2 settings = Settings.of(REFERENCE.settings())
                .precision(precision)
                .noise(noise)
                .settings();
        return (FrozenGenerator)
                new StyleGan2Architecture(settings, BENCH).build(BENCH.parameters(REFERENCE.tensors()));
    }

    private static NDArray slope(FrozenGenerator generator, NDArray points) {
        Gradients gradients = BENCH.gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray w = gradients.variable(points);
            return gradients
                    .of(generator.generate(w).mul(REFERENCE.get("grad_coef")).sum(), new NDList(w))
                    .head();
        }
    }

    private static double norm(NDArray x) {
        return Math.sqrt(x.square().sum().getFloat());
    }
}
