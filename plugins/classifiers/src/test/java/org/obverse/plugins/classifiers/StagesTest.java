package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Tap;
import org.obverse.testkit.Workbench;

/** The taps of published networks against the tables of their papers. */
class StagesTest {
    private static final Workbench BENCH = Workbench.of(StagesTest.class);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** He et al. 2016, Table 1. */
    @Test
    void resnet_50_halves_its_extent_from_56_to_7() {
        assertTaps(
                ResNet.RESNET_50.design(),
                224,
                tap("stage1", 256, 56, 56),
                tap("stage2", 512, 28, 28),
                tap("stage3", 1024, 14, 14),
                tap("stage4", 2048, 7, 7),
                tap(Tap.PENULTIMATE, 2048));
    }

    /** Huang et al. 2017, Table 1. */
    @Test
    void densenet_121_is_tapped_before_its_transitions() {
        assertTaps(
                DenseNet.DENSENET_121.design(),
                224,
                tap("stage1", 256, 56, 56),
                tap("stage2", 512, 28, 28),
                tap("stage3", 1024, 14, 14),
                tap("stage4", 1024, 7, 7),
                tap(Tap.PENULTIMATE, 1024));
    }

    /** Tan and Le 2019, Table 1: what each of its rows 2 to 8 leaves. */
    @Test
    void efficientnet_b0_halves_its_extent_from_112_to_7() {
        assertTaps(
                EfficientNet.b0(),
                224,
                tap("stage1", 16, 112, 112),
                tap("stage2", 24, 56, 56),
                tap("stage3", 40, 28, 28),
                tap("stage4", 80, 14, 14),
                tap("stage5", 112, 14, 14),
                tap("stage6", 192, 7, 7),
                tap("stage7", 320, 7, 7),
                tap(Tap.PENULTIMATE, 1280));
    }

    /** Szegedy et al. 2016, Table 1. */
    @Test
    void inception_v3_has_maps_of_35_17_and_8_pixels_and_an_auxiliary_head_over_the_second() {
        assertTaps(
                InceptionV3.torchvision(1000).design(),
                299,
                tap("stage1", 288, 35, 35),
                tap("stage2", 768, 17, 17),
                tap("auxiliary", 1000),
                tap("stage3", 2048, 8, 8),
                tap(Tap.PENULTIMATE, 2048));
    }

    @Test
    void facenet_offers_its_features_and_their_direction() {
        assertTaps(
                InceptionResNetV1.design(),
                160,
                tap("stage1", 256, 17, 17),
                tap("stage2", 896, 8, 8),
                tap("stage3", 1792, 3, 3),
                tap(Tap.PENULTIMATE, 512),
                tap("embedding", 512));
    }

    /** What BiDO (Peng et al. 2022) regularises: four pooled blocks and the normalised features. */
    @Test
    void the_low_resolution_vgg_is_tapped_after_pooling() {
        assertTaps(
                Vgg64.design(),
                64,
                tap("stage1", 64, 32, 32),
                tap("stage2", 128, 16, 16),
                tap("stage3", 256, 8, 8),
                tap("stage4", 512, 4, 4),
                tap("stage5", 512, 2, 2),
                tap(Tap.PENULTIMATE, 2048));
    }

    @Test
    void the_evaluation_model_of_112_pixels_ends_with_7() {
        assertTaps(
                FaceResNet.IR50_112.design(),
                112,
                tap("stage1", 64, 56, 56),
                tap("stage2", 128, 28, 28),
                tap("stage3", 256, 14, 14),
                tap("stage4", 512, 7, 7),
                tap(Tap.PENULTIMATE, 512));
    }

    private static Tap tap(String name, long... shape) {
        return new Tap(name, new Shape(shape));
    }

    private static void assertTaps(Design design, int pixels, Tap... taps) {
        try (NDManager manager = BENCH.manager().newSubManager()) {
            assertEquals(
                    List.of(taps),
                    new StagedArchitecture(design, BENCH.operators())
                            .build(new Shape(3, pixels, pixels), 2, new Parameters(manager, new Zeros()))
                            .taps());
        }
    }

    private record Zeros() implements ParameterSource {
        @Override
        public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
            return manager.zeros(shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
