package org.obverse.plugins.stylegan2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Gradients;
import org.obverse.testkit.Workbench;

class FrozenGeneratorTest {
    private static final Workbench BENCH = Workbench.of(FrozenGeneratorTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void rows_at_and_beyond_the_cutoff_stay_and_the_others_move_towards_the_average() {
        FrozenGenerator generator = Reference.small(BENCH).build(FrozenGenerator.class);
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(64), new Shape(2, 32));
        NDArray free = generator.locate(z);
        NDArray truncated = generator.map(z, new Truncation(0.25, 3));
        NDArray average = generator.frozen().average();
        NDArray expected =
                average.add(free.get(new NDIndex(":,0:3")).sub(average).mul(0.25));
        assertEquals(0, Reference.difference(expected, truncated.get(new NDIndex(":,0:3"))), 1e-6);
        assertEquals(0, Reference.difference(free.get(new NDIndex(":,3:")), truncated.get(new NDIndex(":,3:"))));
    }

    @Test
    void psi_0_gives_the_average_and_a_cutoff_of_0_truncates_nothing() {
        FrozenGenerator generator = Reference.small(BENCH).build(FrozenGenerator.class);
        NDArray z = BENCH.manager().create(BENCH.stream(4).gaussians(32), new Shape(1, 32));
        NDArray average = generator.frozen().average();
        NDArray all = generator.map(z, new Truncation(0, 8));
        assertEquals(0, Reference.difference(average, all.get(new NDIndex("0,7"))), 1e-6);
        assertEquals(0, Reference.difference(generator.locate(z), generator.map(z, new Truncation(0, 0))));
    }

    @Test
    void the_gradient_to_w_is_the_slope() {
        Reference reference = Reference.small(BENCH);
        FrozenGenerator generator = reference.buildInDoublePrecision();
        NDArray start = exact(reference.get("wplus").get(new NDIndex("0:1")));
        NDArray direction = exact(BENCH.manager().create(BENCH.stream(5).gaussians(8 * 48), start.getShape()));
        NDArray coefficients = exact(reference.get("grad_coef").get(new NDIndex("0:1")));
        Gradients gradients = BENCH.gradients();
        double slope;
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray w = gradients.variable(start);
            NDArray scalar = generator.generate(w).mul(coefficients).sum();
            slope = gradients
                    .of(scalar, new NDList(w))
                    .head()
                    .mul(direction)
                    .sum()
                    .getDouble();
        }
        double step = 1e-7;
        double ahead = generator
                .generate(start.add(direction.mul(step)))
                .mul(coefficients)
                .sum()
                .getDouble();
        double behind = generator
                .generate(start.sub(direction.mul(step)))
                .mul(coefficients)
                .sum()
                .getDouble();
        assertEquals(slope, (ahead - behind) / (2 * step), 1e-6 * Math.abs(slope));
    }

    @ParameterizedTest
    @EnumSource(Noise.class)
    void block_by_block_it_makes_the_same_image(Noise noise) {
        Reference reference = Reference.small(BENCH).with(noise);
        FrozenGenerator generator = reference.build(FrozenGenerator.class);
        NDArray points = reference.get("wplus");
        NDList features = new NDList();
        for (int block = 0; block < generator.blocks(); block++) {
            features = generator.run(block, features, points);
            int side = 4 << block;
            assertEquals(new Shape(4, 3, side, side), features.get(1).getShape());
        }
        assertEquals(4, generator.blocks());
        assertEquals(0, Reference.difference(generator.generate(points), features.get(1)));
    }

    @Test
    void random_noise_belongs_to_the_point_and_not_to_the_batch() {
        Reference reference = Reference.small(BENCH).with(Noise.RANDOM);
        FrozenGenerator generator = reference.build(FrozenGenerator.class);
        NDArray points = reference.get("wplus");
        NDArray together = generator.generate(points);
        NDArray alone = generator.generate(points.get(new NDIndex("2:3")));
        assertEquals(0, Reference.difference(together.get(new NDIndex("2:3")), alone), 1e-5);
        NDArray nudged = generator.generate(points.add(1e-6f));
        assertTrue(Reference.difference(together, nudged) > 0.1);
    }

    @Test
    void random_noise_has_the_layers_strength() {
        Reference reference = Reference.small(BENCH).with(Noise.RANDOM);
        Synthesis.Effective synthesis =
                reference.build(FrozenGenerator.class).frozen().synthesis();
        ModulatedConvolution layer = synthesis.blocks().get(3).layers().get(1);
        NDArray points = reference.get("wplus");
        NDArray added = PointNoise.random(BENCH.stream(6))
                .at(points)
                .offset(layer, BENCH.manager(), Region.whole(32))
                .sub(layer.offset())
                .get(new NDIndex(":,0:1"));
        double deviation = Math.sqrt(added.square().mean().getFloat());
        double expected = Math.sqrt(2) * Math.abs(layer.strength().getFloat());
        assertEquals(expected, deviation, 0.05 * expected);
        assertEquals(0, added.mean().getFloat(), 0.1 * expected);
    }

    @Test
    void a_generator_of_1024_pixels_has_18_rows_and_the_published_channels() {
        Dimensions paper = new Dimensions(1024, 512, 512, 0, 8, 32768, 512);
        assertEquals(18, paper.rows());
        assertEquals(
                List.of(512, 512, 512, 512, 512, 256, 128, 64, 32),
                paper.sides().stream().map(paper::channels).toList());
        assertEquals(2, new Dimensions(4, 1, 1, 0, 1, 4, 1).rows());
    }

    @Test
    void at_32_pixels_it_asks_for_the_published_87_tensors_and_its_discriminator_for_37() {
        Parameters parameters = BENCH.parameters(1);
        StyleGan2 settings = Settings.of(32)
                .latent(32)
                .style(48)
                .mapping(8)
                .channels(512, 32)
                .settings();
        new StyleGan2Architecture(settings, BENCH).build(parameters);
        List<String> names = List.copyOf(parameters.all().keySet());
        assertEquals(87 + 37, names.size());
        assertEquals("synthesis.b4.const", names.get(0));
        assertEquals("mapping.fc7.bias", names.get(86));
        assertEquals("D.b32.resample_filter", names.get(87));
        assertEquals("D.b4.out.bias", names.get(123));
    }

    @Test
    void what_else_a_generator_can_do_is_its_type() {
        Settings plain = Settings.of(8).channels(64, 8).discriminator(Critic.ABSENT);
        Generator alone = build(plain);
        assertFalse(alone instanceof Conditional || alone instanceof Criticized);
        assertFalse(build(plain.conditions(3)) instanceof Criticized);
        assertInstanceOf(Conditional.class, build(plain.conditions(3)));
        Generator both = build(plain.conditions(3).discriminator(Critic.INCLUDED));
        assertInstanceOf(Conditional.class, both);
        assertInstanceOf(Criticized.class, both);
    }

    @Test
    void conditions_change_the_image() {
        Conditional generator =
                (Conditional) build(Settings.of(8).channels(64, 8).conditions(3));
        NDArray z = BENCH.manager().zeros(new Shape(3, 48)).add(0.5f);
        NDArray images = generator.generate(generator.locate(z, new int[] {0, 1, 0}));
        assertArrayEquals(new long[] {3, 3, 8, 8}, images.getShape().getShape());
        assertTrue(Reference.difference(images.get(0), images.get(1)) > 1e-3);
        assertEquals(0, Reference.difference(images.get(0), images.get(2)), 1e-5);
    }

    private static NDArray exact(NDArray array) {
        return array.toType(DataType.FLOAT64, false);
    }

    private static Generator build(Settings settings) {
        return new StyleGan2Architecture(settings.settings(), BENCH).build(BENCH.parameters(2));
    }
}
