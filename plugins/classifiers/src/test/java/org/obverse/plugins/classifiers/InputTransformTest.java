package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.testkit.Workbench;

class InputTransformTest {
    private static final Workbench BENCH = Workbench.of(InputTransformTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void images_in_the_unit_range_reach_from_0_to_1() {
        assertArrayEquals(new float[] {0, 0.5f, 1}, transformed(InputTransform.UNIT, -1, 0, 1));
    }

    @Test
    void imagenets_mean_becomes_0_and_a_deviation_more_becomes_1() {
        float[] mean = {2 * 0.485f - 1, 2 * 0.456f - 1, 2 * 0.406f - 1};
        float[] more = {2 * (0.485f + 0.229f) - 1, 2 * (0.456f + 0.224f) - 1, 2 * (0.406f + 0.225f) - 1};
        assertArrayEquals(new float[] {0, 0, 0}, transformed(InputTransform.IMAGENET, mean), 1e-6f);
        assertArrayEquals(new float[] {1, 1, 1}, transformed(InputTransform.IMAGENET, more), 1e-6f);
    }

    @Test
    void torchvisions_flag_undoes_imagenets_normalisation() {
        float[] x = {-0.9f, 0.1f, 0.7f};
        float[] normalised = transformed(InputTransform.IMAGENET, x);
        assertArrayEquals(x, transformed(InputTransform.TRANSFORM_INPUT, normalised), 1e-6f);
        assertArrayEquals(
                new float[] {-0.03f, -0.088f, -0.188f}, transformed(InputTransform.TRANSFORM_INPUT, 0, 0, 0), 1e-6f);
    }

    @Test
    void a_second_doubling_reaches_from_minus_3_to_1() {
        assertArrayEquals(new float[] {-3, -1, 1}, transformed(InputTransform.DOUBLED, -1, 0, 1));
    }

    @Test
    void a_transform_of_three_channels_refuses_grey_images() {
        StagedArchitecture architecture = new StagedArchitecture(
                ResNet.RESNET_18.design(), InputTransform.IMAGENET, new Beginning.Drawn(), BENCH.operators());
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> architecture.build(new Shape(1, 64, 64), 5, BENCH.parameters(1)));
        assertEquals(
                "its input transform is of 3 channels and the images have 1",
                refusal.problems().get(0).message());
    }

    /** One pixel of three channels. */
    private static float[] transformed(InputTransform transform, float... pixel) {
        NDArray x = BENCH.manager().create(pixel, new Shape(1, 3, 1, 1));
        return transform.layer().apply(x, Pass.evaluation(BENCH.stream(1))).toFloatArray();
    }
}
