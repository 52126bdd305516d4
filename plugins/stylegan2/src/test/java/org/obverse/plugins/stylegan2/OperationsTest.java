package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.tensor.Operators;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** The building blocks, held to the official operators on odd sizes and asymmetric filters. */
class OperationsTest {
    private static final Workbench BENCH = Workbench.of(OperationsTest.class);
    private static final Fixture FIXTURE = BENCH.fixture("stylegan2-ops.safetensors");
    private static final Operators OPERATORS = BENCH.operators();
    private static final double TOLERANCE = 1e-5;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @CsvSource({"1331, filter_1331", "asym, filter_asym_1243"})
    void filtering_up_down_and_in_place_agrees(String name, String taps) {
        Filter filter = filter(taps);
        agree("upsample2d_" + name, filter.resampler(Sampling.upBy(2, 4), 3).apply(get("x")));
        agree("downsample2d_" + name, filter.resampler(Sampling.downBy(2, 4), 3).apply(get("x")));
        agree(
                "filter2d_" + name,
                filter.resampler(new Sampling(1, 1, 2, 1, 2, 1, 1), 3).apply(get("x")));
    }

    @Test
    void a_mirrored_filter_correlates() {
        agree(
                "upsample2d_asym_flip",
                filter("filter_asym_1243")
                        .mirrored()
                        .resampler(Sampling.upBy(2, 4), 3)
                        .apply(get("x")));
    }

    @Test
    void twelve_taps_agree_also_with_negative_padding() {
        NDArray taps = get("filter_sep12");
        Filter filter = new Filter(OPERATORS, taps.reshape(12, 1).mul(taps.reshape(1, 12)));
        agree("upsample2d_sep12", filter.resampler(Sampling.upBy(2, 12), 3).apply(get("x")));
        Sampling cropped = new Sampling(1, 2, 3, 3, 3, 3, 1);
        agree(
                "downsample2d_sep12_pad-2_flip",
                filter.mirrored().resampler(cropped, 3).apply(get("x")));
    }

    @Test
    void any_factors_and_paddings_agree() {
        agree(
                "upfirdn2d_asym_up3_down2_pad_2_1_-1_3_gain1.7",
                filter("filter_asym_1243")
                        .resampler(new Sampling(3, 2, 2, 1, -1, 3, 1.7), 3)
                        .apply(get("x")));
    }

    @ParameterizedTest
    @CsvSource({"1331, filter_1331", "asym, filter_asym_1243"})
    void convolutions_that_change_the_resolution_agree(String name, String taps) {
        Filter filter = filter(taps);
        Convolution doubling = Convolution.of(OPERATORS, get("w3"), filter, SynthesisLayer.Resolution.DOUBLED);
        agree("conv3_up2_noflipw_" + name, doubling.apply(get("x")));
        agree("conv3_down2_" + name, halving("w3", filter).apply(get("x")));
        agree("conv1_down2_" + name, halving("w1", filter).apply(get("x")));
        NDArray thin = OPERATORS.conv2d(get("x"), get("w1"), 1, 0, 1);
        agree("conv1_up2_" + name, filter.resampler(Sampling.upBy(2, 4), 5).apply(thin));
    }

    @Test
    void a_plain_convolution_agrees() {
        Convolution kept = Convolution.of(OPERATORS, get("w3"), filter("filter_1331"), SynthesisLayer.Resolution.KEPT);
        agree("conv3_plain_pad1", kept.apply(get("x")));
    }

    @ParameterizedTest
    @CsvSource({"KEPT, noise, modconv_demod_noise", "DOUBLED, noise_up, modconv_demod_up2_noise"})
    void modulated_convolution_agrees_up_to_the_activation_that_a_layer_adds(
            SynthesisLayer.Resolution resolution, String noise, String expected) {
        NDArray offset = get(noise).expandDims(0).expandDims(0).mul(Activation.GAIN);
        ModulatedConvolution layer = new ModulatedConvolution(
                OPERATORS,
                Precision.FLOAT32,
                0,
                identity(),
                Convolution.of(OPERATORS, get("w3"), filter("filter_1331"), resolution),
                get("w3").square().sum(new int[] {2, 3}).transpose(),
                offset,
                BENCH.manager().create(0f),
                0);
        NDArray activated = Activation.apply(OPERATORS, get(expected));
        NDArray result = layer.apply(get("x"), get("styles"), NoiseSource.BUILT_IN, Region.whole(side(offset)));
        assertEquals(0, Reference.difference(activated, result), TOLERANCE);
    }

    @Test
    void the_colours_of_a_modulated_convolution_agree() {
        NDArray weight = get("w1").get(new NDIndex("0:3")).reshape(1, 3, 3);
        NDArray none = BENCH.manager().zeros(new Shape(1, 3, 1, 1));
        NDArray colors = new ToRgb.Effective(OPERATORS, Precision.FLOAT32, identity(), weight, none, 0)
                .apply(get("x"), get("styles"));
        NDArray expected = get("modconv_nodemod_1x1").get(new NDIndex(":,0:3"));
        assertEquals(0, Reference.difference(expected, colors), TOLERANCE);
    }

    @Test
    void bias_activation_gain_and_clamp_agree() {
        NDArray biased = get("x").add(get("b").reshape(1, 3, 1, 1));
        agree("bias_act_lrelu_default", Activation.apply(OPERATORS, biased));
        agree("bias_act_lrelu_gain2_clamp0.5", Activation.clamp(OPERATORS.leakyRelu(biased, Activation.SLOPE, 2), 0.5));
        agree("bias_act_linear_clamp0.7", Activation.clamp(biased, 0.7));
    }

    @Test
    void minibatch_deviation_agrees() {
        NDArray x = get("mbstd_x");
        agree("mbstd_g4_f1", new MinibatchDeviation(4, 1).append(x));
        agree("mbstd_g2_f2", new MinibatchDeviation(2, 2).append(x));
        agree("mbstd_gNone_f1", new MinibatchDeviation(8, 1).append(x));
    }

    @Test
    void a_batch_smaller_than_a_group_is_one_group_and_an_uneven_one_is_refused() {
        NDArray x = get("mbstd_x");
        NDArray three = x.get(new NDIndex("0:3"));
        NDArray asGroup = new MinibatchDeviation(3, 1).append(three);
        assertEquals(0, Reference.difference(asGroup, new MinibatchDeviation(4, 1).append(three)));
        NDArray five = x.get(new NDIndex("0:5"));
        String message = assertThrows(IllegalArgumentException.class, () -> new MinibatchDeviation(4, 1).append(five))
                .getMessage();
        assertEquals("a batch of 5 cannot be cut into groups of 4 for the discriminator", message);
    }

    @Test
    void normalisation_to_unit_second_moment_agrees() {
        agree("normalize_2nd_moment", Activation.normalize(get("z")));
    }

    private static EqualizedConvolution.Effective halving(String weight, Filter filter) {
        return EqualizedConvolution.Effective.of(
                OPERATORS, get(weight), null, filter, EqualizedConvolution.Resolution.HALVED);
    }

    private static int side(NDArray pattern) {
        return Math.toIntExact(pattern.getShape().get(2));
    }

    private static Linear identity() {
        return new Linear(BENCH.manager().eye(3), BENCH.manager().zeros(new Shape(3)));
    }

    private static Filter filter(String taps) {
        return new Filter(OPERATORS, get(taps));
    }

    private static NDArray get(String tensor) {
        return FIXTURE.get(tensor);
    }

    private static void agree(String expected, NDArray actual) {
        assertEquals(0, Reference.difference(get(expected), actual), TOLERANCE, expected);
    }
}
