package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.plugins.ppa.Bench.distance;
import static org.obverse.plugins.ppa.Bench.settings;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
import org.obverse.api.plugin.Component;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.Framing;
import org.obverse.inversion.RandomCrop;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.Fixture;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

/** The whole attack on the networks of mini-attack-64.safetensors, against what the published code made of them. */
class ReferenceAttackTest {
    private static final Workbench BENCH =
            Workbench.of(ReferenceAttackTest.class).with(new IdentityLossesPlugin());
    private static final Fixture PUBLISHED = BENCH.fixture("mini-attack-64.safetensors");
    private static final Mapped GENERATOR = PublishedGenerator.at(BENCH);
    private static final String FRAME = "center-crop: 50, resize: 14";
    private static final String NO_CROP = "random-crop: {min-area: 1}";
    private static final Candidates START = sample("image-and-mirror");

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
        NDArray seen =
                new Framing(50, 14).of(GENERATOR.image(), GENERATOR.image()).apply(images);
        assertWithin(1e-4, PUBLISHED.get("step0.images_transformed"), seen);
        double mean = found.curves().get(0).values().subList(0, 4).stream()
                .mapToDouble(curve -> curve[0])
                .average()
                .orElseThrow();
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

    /** Where the gradient is nearly zero, Adam's first step turns roundoff into a direction. */
    @ParameterizedTest
    @MethodSource("variants")
    void style_vectors_go_the_published_way(String name, String keys) {
        for (int steps : new int[] {1, 2, 6}) {
            String reached = steps == 6 ? keys : keys.replace("[2, 4]", "[]");

            NDArray found = Bench.points(optimize(reached, steps));

            double[] differences = differences(PUBLISHED.get(name + ".w_after_" + steps), found);
            double most = differences[differences.length * 99 / 100];
            double largest = differences[differences.length - 1];
            assertTrue(most <= 1e-4, () -> most + " in 99 % after " + steps);
            assertTrue(largest <= 2e-3, () -> largest + " after " + steps);
        }
    }

    @Test
    void crops_are_the_published_ones() {
        Crops crops = ReferenceDraws.crops(42, new RandomCrop(0.9, 1, 1, 1), Resampling.of(14, 14));
        long[] boxes = PUBLISHED.get("random_crop_torchseed.boxes_ijhw").toLongArray();
        NDArray image = PUBLISHED.get("step0.images_transformed");

        for (int draw = 0; draw < boxes.length / 4; draw++) {
            Box box = new Box((int) boxes[4 * draw], (int) boxes[4 * draw + 1], (int) boxes[4 * draw + 2], (int)
                    boxes[4 * draw + 3]);
            NDArray expected = Resampling.of(14, 14).crop(box).resize(14, 14).apply(image);
            int[] batch = {0, 1, 2, 3};
            assertEquals(List.of(box), crops.at(batch, draw % 6, 0));
            assertWithin(0, expected, Crops.cropped(Resampling.of(14, 14), box).apply(image));
        }
    }

    @Test
    void the_published_results_are_selected_in_the_published_order() {
        Candidates kept = select(optimize("random-crop: {min-area: 0.9}", 6));

        assertArrayEquals(
                PUBLISHED.get("final.targets").toLongArray(),
                kept.classes().stream().mapToLong(Integer::longValue).toArray());
        assertWithin(1e-3, PUBLISHED.get("final.w"), Bench.points(kept));
    }

    @Test
    void the_published_candidates_have_the_published_scores() {
        NDArray points = PUBLISHED.get("random_crop_torchseed.w_after_6");

        Candidates kept =
                select(new Candidates(new LatentPoints(GENERATOR, points), START.classes(), START.scores(), List.of()));

        assertWithin(0, PUBLISHED.get("final.w"), Bench.points(kept));
        float[] scores = PUBLISHED.get("final.scores").toFloatArray();
        for (int i = 0; i < 3; i++) {
            float[] ofClass = Arrays.copyOfRange(scores, 4 * i, 4 * i + 4);
            Arrays.sort(ofClass);
            assertEquals(ofClass[3], kept.scores().get(2 * i), 1e-6);
            assertEquals(ofClass[2], kept.scores().get(2 * i + 1), 1e-6);
        }
    }

    @Test
    void candidates_have_the_published_images() {
        LatentPoints found = new LatentPoints(GENERATOR, PUBLISHED.get("random_crop_torchseed.w_after_6"));

        NDArray images =
                new Framing(50, 14).of(GENERATOR.image(), GENERATOR.image()).apply(found.draw(1, List.of()));

        assertWithin(1e-4, PUBLISHED.get("final.candidate_images"), images);
    }

    private static Candidates sample(String views) {
        String keys = "{method: {%s, pool: 40, candidates: 4, batch: 7, views: %s}}".formatted(FRAME, views);
        return stage(ReferenceComponents.POOL, keys).sample(unit());
    }

    private static Candidates optimize(String keys, int steps) {
        String all = "{method: {%s, steps: %d, %s}}".formatted(FRAME, steps, keys);
        return stage(ReferenceComponents.ADAM, all).optimize(START, unit());
    }

    private static Candidates select(Candidates found) {
        String keys = "{seed: 43, method: {%s, results: 2, iterations: 4}}".formatted(FRAME);
        return stage(ReferenceComponents.CONFIDENCE, keys).select(found, unit());
    }

    private static <C extends Record, T> T stage(Component<C, T> component, String keys) {
        return component.factory().create(settings(component.defaults(), keys), BENCH);
    }

    private static StageUnit unit() {
        return Bench.unit(BENCH, GENERATOR, Bench.smallNet(BENCH, 14), 4, 0, 2, 5);
    }

    /** Of all entries, smallest first. */
    private static double[] differences(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float[] e = expected.toFloatArray();
        float[] a = actual.toFloatArray();
        return IntStream.range(0, e.length)
                .mapToDouble(i -> Math.abs((double) e[i] - a[i]))
                .sorted()
                .toArray();
    }

    private static void assertWithin(double tolerance, NDArray expected, NDArray actual) {
        double distance = distance(expected, actual);
        assertTrue(distance <= tolerance, () -> distance + " > " + tolerance);
    }
}
