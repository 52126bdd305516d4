package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.ppa.Bench.distance;
import static org.obverse.plugins.ppa.Bench.settings;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.generator.Mapped;
import org.obverse.inversion.Framing;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.Workbench;

/** The whole attack on the networks of mini-attack-64.safetensors, against what the published code made of them. */
class ReferenceAttackTest {
    private static final Workbench BENCH = Workbench.of(ReferenceAttackTest.class);
    private static final Fixture PUBLISHED = BENCH.fixture("mini-attack-64.safetensors");
    private static final Mapped GENERATOR = PublishedGenerator.at(BENCH);
    private static final int BATCH = 4;
    private static final int STEPS = 6;
    private static final String FRAME = "mode: reference, center-crop: 50, resize: 14";
    private static final String NO_CROP = "random-crop: {min-area: 1}";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @CsvSource({"image-and-mirror, init_w", "image, init_w_noflip"})
    void the_published_start_points_are_chosen(String views, String expected) {
        Candidates chosen = sample(views);

        assertEquals(List.of(0, 0, 0, 0, 2, 2, 2, 2, 5, 5, 5, 5), chosen.classes());
        assertWithin(1e-5, PUBLISHED.get(expected), Bench.points(chosen));
    }

    @Test
    void the_first_step_sees_the_published_images_loss_and_logits() {
        Candidates found = optimize(NO_CROP, 1);

        NDArray first = PUBLISHED.get("w_single").get("0:4");
        NDArray images = GENERATOR.generate(first);
        assertWithin(1e-4, PUBLISHED.get("step0.images"), images.get("0:2"));
        NDArray seen = new Framing(50, 14)
                .of(GENERATOR.image(), GENERATOR.image())
                .apply(images);
        assertWithin(1e-4, PUBLISHED.get("step0.images_transformed"), seen);
        float[] losses = new float[BATCH];
        for (int row = 0; row < BATCH; row++) {
            losses[row] = found.curves().get(0).values().get(row)[0];
        }
        float mean = (losses[0] + losses[1] + losses[2] + losses[3]) / BATCH;
        assertEquals(PUBLISHED.get("step0.loss").getFloat(), mean, 1e-4);
    }

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of("deterministic", NO_CROP),
                Arguments.of("deterministic_clip_sched", "range: clamped, milestones: [2, 4], " + NO_CROP),
                Arguments.of("deterministic_wplus", "search-space: w-plus, " + NO_CROP),
                Arguments.of("discriminator0.3", "discriminator-weight: 0.3, " + NO_CROP),
                Arguments.of("random_crop_torchseed", "random-crop: {min-area: 0.9}"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void style_vectors_go_the_published_way(String name, String keys) {
        for (int steps : new int[] {1, 2, STEPS}) {
            String reached = steps == STEPS ? keys : keys.replace("[2, 4]", "[]");
            NDArray found = Bench.points(optimize(reached, steps));
            NDArray expected = PUBLISHED.get(name + ".w_after_" + steps);
            double[] differences = sorted(expected, found);
            double worst = differences[differences.length - 1];
            double most = differences[differences.length * 99 / 100];
            System.out.println(name + " after " + steps + ": worst " + worst + " 99% " + most + " 97% "
                    + differences[differences.length * 97 / 100]);
        }
    }

    @Test
    void the_published_results_are_selected_in_the_published_order() {
        Candidates found = optimize("random-crop: {min-area: 0.9}", STEPS);

        Candidates kept = select(found);

        System.out.println(kept.scores() + " " + Arrays.toString(PUBLISHED.get("final.scores").toFloatArray()));
        assertArrayEquals(
                PUBLISHED.get("final.targets").toLongArray(),
                kept.classes().stream().mapToLong(Integer::longValue).toArray());
        System.out.println("final " + distance(PUBLISHED.get("final.w"), Bench.points(kept)));
    }

    @Test
    void candidates_have_the_published_images() {
        NDArray points = PUBLISHED.get("random_crop_torchseed.w_after_6");

        NDArray images = new Framing(50, 14)
                .of(GENERATOR.image(), GENERATOR.image())
                .apply(new LatentPoints(GENERATOR, points).draw(1, BENCH.stream(1)));

        System.out.println("images " + distance(PUBLISHED.get("final.candidate_images"), images));
        assertWithin(1e-4, PUBLISHED.get("final.candidate_images"), images);
    }

    private static Candidates sample(String views) {
        String keys = "{%s, pool: 40, candidates: 4, batch: 7, views: %s}".formatted(FRAME, views);
        return new RankedPool(settings(PoolSettings.DEFAULT, keys)).sample(unit(14));
    }

    private static Candidates optimize(String keys, int steps) {
        Candidates start = sample("image-and-mirror");
        return new LatentAdam(
                        settings(DescentSettings.DEFAULT, "{%s, steps: %d, %s}".formatted(FRAME, steps, keys)), BENCH)
                .optimize(start, unit(14));
    }

    private static Candidates select(Candidates found) {
        String keys = "{%s, reference-seed: 43, results: 2, iterations: 4, view-size: 224}".formatted(FRAME);
        return new RobustConfidence(settings(SelectionSettings.DEFAULT, keys)).select(found, unit(14));
    }

    private static TestUnit unit(int side) {
        return Bench.unit(BENCH, GENERATOR, Bench.smallNet(BENCH, side), BATCH, 0, 2, 5);
    }

    private static double[] sorted(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        double[] differences = new double[Math.toIntExact(expected.size())];
        float[] e = expected.toFloatArray();
        float[] a = actual.toFloatArray();
        for (int i = 0; i < e.length; i++) {
            differences[i] = Math.abs((double) e[i] - a[i]);
        }
        Arrays.sort(differences);
        return differences;
    }

    private static void assertWithin(double tolerance, NDArray expected, NDArray actual) {
        double distance = distance(expected, actual);
        assertTrue(distance <= tolerance, () -> distance + " > " + tolerance);
    }
}
