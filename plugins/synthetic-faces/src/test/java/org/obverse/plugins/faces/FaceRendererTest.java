package org.obverse.plugins.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaceRendererTest {
    private static final PrototypeFaces PROTOTYPE = PrototypeFaces.read();
    private static final float TOLERANCE = 1e-5f;

    @Test
    void pictures_are_those_of_the_prototype() {
        assertSamePictures(PROTOTYPE.posed(), new FaceRenderer(32, 1));
    }

    @Test
    void aligned_pictures_are_those_of_the_prototype() {
        assertSamePictures(PROTOTYPE.aligned(), new FaceRenderer(32, 0.4));
    }

    @Test
    void pictures_of_another_size_are_those_of_the_prototype() {
        assertSamePictures(PROTOTYPE.large(), new FaceRenderer(48, 1));
    }

    @Test
    void a_fully_aligned_face_does_not_depend_on_its_pose() {
        float[] u = PROTOTYPE.u().row(0);
        float[] turned = u.clone();
        Arrays.fill(turned, FaceParameter.IDENTITY_COUNT, FaceParameter.IDENTITY_COUNT + 5, 0.9f);

        assertArrayEquals(new FaceRenderer(32, 0).render(u), new FaceRenderer(32, 0).render(turned));
        assertTrue(!Arrays.equals(new FaceRenderer(32, 1).render(u), new FaceRenderer(32, 1).render(turned)));
    }

    @Test
    void every_parameter_shows_in_some_picture() {
        FaceRenderer renderer = new FaceRenderer(32, 1);
        for (FaceParameter parameter : FaceParameter.values()) {
            int index = Arrays.asList(FaceParameter.values()).indexOf(parameter);
            boolean shows = IntStream.range(0, PROTOTYPE.u().count()).anyMatch(face -> {
                float[] u = PROTOTYPE.u().row(face);
                float[] before = renderer.render(u);
                u[index] = u[index] > 0.5f ? 0.05f : 0.95f;
                return !Arrays.equals(before, renderer.render(u));
            });
            assertTrue(shows, parameter + " changes nothing");
        }
    }

    @Test
    void noise_is_drawn_in_the_order_of_the_values() {
        FaceRenderer renderer = new FaceRenderer(16, 1);
        float[] u = PROTOTYPE.u().row(1);
        float[] clean = renderer.render(u);
        int[] draws = {0};
        DoubleSupplier gaussians = () -> (draws[0]++ % 7) - 3;

        float[] noisy = renderer.render(u, 0.04, gaussians);

        assertEquals(clean.length, draws[0]);
        for (int i = 0; i < clean.length; i++) {
            double noise = 0.04 * (i % 7 - 3);
            assertEquals(Math.max(-1, Math.min(1, clean[i] + noise)), noisy[i], 1e-6);
        }
    }

    @Test
    void noise_is_added_before_overexposed_values_are_clamped() {
        FaceRenderer renderer = new FaceRenderer(32, 1);
        float[] bright = PROTOTYPE.u().row(7);

        float[] clean = renderer.render(bright);
        float[] darker = renderer.render(bright, 0.01, () -> -1);

        assertTrue(IntStream.range(0, clean.length).anyMatch(i -> clean[i] == 1 && darker[i] == 1));
        for (int i = 0; i < clean.length; i++) {
            assertTrue(-1 <= darker[i] && darker[i] <= clean[i] && clean[i] <= 1);
        }
    }

    @Test
    void a_vector_of_the_wrong_length_is_refused() {
        FaceRenderer renderer = new FaceRenderer(32, 1);

        assertThrows(IllegalArgumentException.class, () -> renderer.render(new float[44]));
    }

    @Test
    void a_size_or_alignment_out_of_range_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new FaceRenderer(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new FaceRenderer(32, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new FaceRenderer(32, Double.NaN));
    }

    @Test
    void the_declared_counts_are_those_of_the_parameters() {
        assertEquals(FaceParameter.COUNT, FaceParameter.values().length);
        assertEquals(
                FaceParameter.SHIFT_X, Arrays.asList(FaceParameter.values()).get(FaceParameter.IDENTITY_COUNT));
    }

    private static void assertSamePictures(PrototypeFaces.Rows expected, FaceRenderer renderer) {
        for (int face = 0; face < expected.count(); face++) {
            assertArrayEquals(expected.row(face), renderer.render(PROTOTYPE.u().row(face)), TOLERANCE, "face " + face);
        }
    }
}
