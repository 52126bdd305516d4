package org.obverse.plugins.ppa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.obverse.plugins.ppa.Bench.settings;
import static org.obverse.plugins.ppa.Bench.unit;
import static org.obverse.plugins.ppa.Bench.values;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.target.BudgetSpentException;
import org.obverse.inversion.RandomCrop;
import org.obverse.inversion.StyleBox;
import org.obverse.plugins.identity.IdentityLossesPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;

class LatentAdamTest {
    private static final Workbench BENCH = Workbench.of(LatentAdamTest.class).with(new IdentityLossesPlugin());
    private static final LinearGenerator GENERATOR = LinearGenerator.at(BENCH, 16, 4);
    private static final SmallNet TARGET = Bench.smallNet(BENCH, 8);
    private static final String CROPS = "random-crop: {min-area: 0.4, max-area: 0.8, min-ratio: 0.8, max-ratio: 1.2}";
    private static final String NO_CROP = "random-crop: {min-area: 1, max-area: 1}";

    /** With betas of 0 and an epsilon far above the gradient g, a step is −rate · g / epsilon. */
    private static final String PLAIN_DESCENT = "steps: 1, learning-rate: 1000, beta1: 0, beta2: 0, epsilon: 1000000";

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poincare", "cross-entropy", "max-margin", "logit"})
    void draws_and_one_step_are_the_same_in_every_batch(String loss) {
        String keys = "{loss: %s, center-crop: 12, %s, %s}".formatted(loss, CROPS, PLAIN_DESCENT);

        Candidates whole = optimize(keys, start(3, 2, 7), 100);

        for (int batch : new int[] {1, 2, 4}) {
            Candidates parts = optimize(keys, start(3, 2, 7), batch);
            assertArrayEquals(values(whole), values(parts), 1e-5f, "batch " + batch);
            assertCurves(whole, parts, 1e-5f);
        }
    }

    @Test
    void reordering_classes_reorders_results() {
        String keys = "{steps: 5, center-crop: 12, %s}".formatted(CROPS);

        Candidates forward = optimize(keys, start(2, 2, 7), 100);
        Candidates backward = optimize(keys, start(2, 2, 7).rows(2, 3, 0, 1), 100);

        assertArrayEquals(values(forward), values(backward.rows(2, 3, 0, 1)), 1e-4f);
    }

    @Test
    void crops_are_those_of_the_candidate_and_the_step() {
        Candidates start = start(2, 2, 7);

        Candidates found = optimize("{steps: 3, learning-rate: 1e-12, %s}".formatted(CROPS), start, 3);

        RandomCrop crop = new RandomCrop(0.4, 0.8, 0.8, 1.2);
        for (int row = 0; row < 4; row++) {
            for (int step = 0; step < 3; step++) {
                Box box = crop.draw(start.stream(BENCH.stream(11), row).child("step", step), 8, 8);
                Resampling seen = Resampling.of(16, 16).resize(8, 8).crop(box).resize(8, 8);
                assertEquals(loss(start, row, seen), curve(found, "loss", row)[step], 1e-4);
            }
        }
    }

    @Test
    void the_loss_of_several_views_is_their_mean_and_the_first_is_that_of_one() {
        Candidates start = start(2, 2, 7);

        Candidates found = optimize("{steps: 2, learning-rate: 1e-12, views: 2, %s}".formatted(CROPS), start, 3);

        RandomCrop crop = new RandomCrop(0.4, 0.8, 0.8, 1.2);
        for (int row = 0; row < 4; row++) {
            for (int step = 0; step < 2; step++) {
                RandomStream stream = start.stream(BENCH.stream(11), row).child("step", step);
                double sum = 0;
                for (RandomStream ofView : List.of(stream, stream.child("view", 1))) {
                    Box box = crop.draw(ofView, 8, 8);
                    sum += loss(
                            start,
                            row,
                            Resampling.of(16, 16).resize(8, 8).crop(box).resize(8, 8));
                }
                assertEquals(sum / 2, curve(found, "loss", row)[step], 1e-4);
            }
        }
    }

    @Test
    void a_box_holds_every_style_vector() {
        String box = "box: {deviations: 0.5, draws: 200}";
        Candidates found =
                optimize("{steps: 20, learning-rate: 0.5, %s, %s}".formatted(NO_CROP, box), start(2, 2, 7), 3);
        StyleBox bounds = StyleBox.of(
                GENERATOR, new StyleBox.Settings(0.5, 200, 1), BENCH.stream(11).child("box"), BENCH.manager(), 100);

        NDArray points = Bench.points(found);
        assertArrayEquals(bounds.clip(points).toFloatArray(), points.toFloatArray(), 1e-6f);
    }

    @Test
    void the_mean_of_the_last_steps_is_that_of_where_they_led() {
        Candidates second = optimize("{steps: 2, %s}".formatted(NO_CROP), start(2, 2, 7), 3);
        Candidates third = optimize("{steps: 3, %s}".formatted(NO_CROP), start(2, 2, 7), 3);

        Candidates mean = optimize("{steps: 3, average-last: 0.67, %s}".formatted(NO_CROP), start(2, 2, 7), 3);

        NDArray expected = Bench.points(second).add(Bench.points(third)).div(2);
        assertArrayEquals(expected.toFloatArray(), values(mean), 1e-6f);
    }

    /** Of five steps the last three count; the first batch takes all, the second is ended after four, or after two. */
    @Test
    void a_spent_budget_leaves_the_mean_of_those_of_the_last_steps_that_were_taken() {
        assertArrayEquals(
                mean(3, 4, 5).get("0:2").toFloatArray(), ended(4).get("0:2").toFloatArray(), 1e-6f);
        assertArrayEquals(
                mean(3, 4).get("2:4").toFloatArray(), ended(4).get("2:4").toFloatArray(), 1e-6f);
        assertArrayEquals(mean(2).get("2:4").toFloatArray(), ended(2).get("2:4").toFloatArray(), 1e-6f);
    }

    /** Where the search is when its budget ends in its second batch, after so many of its steps. */
    private static NDArray ended(int steps) {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 2, 2, 7).withBudget(2 * (5L + steps));
        LatentAdam adam = new LatentAdam(
                settings(DescentSettings.DEFAULT, "{steps: 5, average-last: 0.6, %s}".formatted(NO_CROP)), BENCH);
        assertThrows(BudgetSpentException.class, () -> adam.optimize(start(2, 2, 7), unit));
        return Bench.points(unit.foundWhenSpent());
    }

    private static NDArray mean(int... steps) {
        NDArray sum = Bench.points(optimize("{steps: %d, %s}".formatted(steps[0], NO_CROP), start(2, 2, 7), 2));
        for (int i = 1; i < steps.length; i++) {
            sum = sum.add(Bench.points(optimize("{steps: %d, %s}".formatted(steps[i], NO_CROP), start(2, 2, 7), 2)));
        }
        return sum.div(steps.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poincare", "cross-entropy", "max-margin", "logit"})
    void a_step_goes_down_the_gradient_of_the_loss(String loss) {
        assertDescends("loss: " + loss);
    }

    @ParameterizedTest
    @ValueSource(strings = {"range: clamped", "search-space: w-plus", "discriminator-weight: 0.7", "center-crop: 10"})
    void a_step_goes_down_the_gradient_whatever_the_objective_includes(String key) {
        assertDescends("loss: cross-entropy, " + key);
    }

    @Test
    void single_w_begins_with_the_first_row_and_w_plus_with_all() {
        Candidates start = start(2, 2);

        Candidates w = optimize("{steps: 1, learning-rate: 1e-12}", start, 9);
        Candidates wPlus = optimize("{steps: 1, learning-rate: 1e-12, search-space: w-plus}", start, 9);
        Candidates again = optimize("{steps: 1, learning-rate: 1e-12, search-space: w-plus}", w, 9);

        NDArray points = Bench.points(start);
        assertEquals(0, Bench.distance(points.get(":,0:1"), Bench.points(w)), 1e-9);
        assertEquals(0, Bench.distance(points, Bench.points(wPlus)), 1e-9);
        assertEquals(0, Bench.distance(points.get(":,0:1").repeat(1, 3), Bench.points(again)), 1e-9);
    }

    @Test
    void the_learning_rate_falls_at_the_milestones() {
        String keys = "{steps: %d, %s, learning-rate: 0.01, milestones: [2], milestone-factor: 1e-9}";

        float[] two = values(optimize(keys.formatted(2, NO_CROP).replace("[2]", "[]"), start(2, 2), 9));
        float[] five = values(optimize(keys.formatted(5, NO_CROP), start(2, 2), 9));

        assertArrayEquals(two, five, 1e-7f);
    }

    @Test
    void weight_decay_pulls_towards_zero() {
        String keys = "{loss: logit, %s, %s, weight-decay: %s}";

        float[] without = values(optimize(keys.formatted(PLAIN_DESCENT, NO_CROP, "0"), start(2, 2), 9));
        float[] with = values(optimize(keys.formatted(PLAIN_DESCENT, NO_CROP, "50"), start(2, 2), 9));

        float[] points = Bench.points(start(2, 2)).get(":,0:1").toFloatArray();
        for (int i = 0; i < points.length; i++) {
            assertEquals(without[i] - 1e-3 * 50 * points[i], with[i], 1e-4);
        }
    }

    @Test
    void each_step_is_reported() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 4, 2, 7);
        Candidates start = start(3, 2, 7);

        Candidates found = new LatentAdam(settings(DescentSettings.DEFAULT, "{steps: 2}"), BENCH).optimize(start, unit);

        assertEquals(List.of(4L, 8L, 10L, 12L), unit.progressed());
        assertEquals(4, unit.checkpoints());
        assertEquals(12, unit.queries());
        assertEquals(start.classes(), found.classes());
        for (int row = 0; row < 6; row++) {
            assertEquals(2, curve(found, "loss", row).length);
            float[] confidence = curve(found, "confidence", row);
            assertEquals(Math.exp(found.scores().get(row)), confidence[1], 1e-6);
        }
    }

    @Test
    void a_spent_budget_leaves_what_was_found_until_then() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 4, 2, 7).withBudget(12);
        LatentAdam adam = new LatentAdam(settings(DescentSettings.DEFAULT, "{steps: 2}"), BENCH);

        assertThrows(BudgetSpentException.class, () -> adam.optimize(start(4, 2, 7), unit));

        Candidates left = unit.foundWhenSpent();
        Candidates two = optimize("{steps: 2}", start(4, 2, 7), 4);
        Candidates one = optimize("{steps: 1}", start(4, 2, 7), 4);
        assertEquals(start(4, 2, 7).classes(), left.classes());
        assertArrayEquals(values(two.rows(0, 1, 2, 3)), values(left.rows(0, 1, 2, 3)));
        assertArrayEquals(values(one.rows(4, 5, 6, 7)), values(left.rows(4, 5, 6, 7)));
        for (int row = 0; row < 8; row++) {
            Candidates whole = row < 4 ? two : one;
            assertArrayEquals(curve(whole, "loss", row), curve(left, "loss", row));
            assertEquals(whole.scores().get(row), left.scores().get(row));
        }
    }

    @Test
    void without_any_budget_the_start_is_the_result() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 4, 2, 7).withBudget(0);
        LatentAdam adam = new LatentAdam(settings(DescentSettings.DEFAULT, "{steps: 2}"), BENCH);

        assertThrows(BudgetSpentException.class, () -> adam.optimize(start(4, 2, 7), unit));

        NDArray start = Bench.points(start(4, 2, 7)).get(":,0:1");
        assertEquals(0, Bench.distance(start, Bench.points(unit.foundWhenSpent())), 0);
    }

    @Test
    void a_batch_that_splits_a_group_of_the_discriminator_is_refused_before_the_target_is_asked() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 2, 7);
        LatentAdam adam = new LatentAdam(settings(DescentSettings.DEFAULT, "{discriminator-weight: 1}"), BENCH);

        var refused = assertThrows(InvalidConfigurationException.class, () -> adam.optimize(start(4, 2, 7), unit));

        assertEquals("discriminator-weight", refused.problems().get(0).path());
        assertEquals(0, unit.queries());
    }

    @Test
    void a_crop_larger_than_the_image_is_refused_before_the_target_is_asked() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 6, 2);
        LatentAdam adam = new LatentAdam(settings(DescentSettings.DEFAULT, "{center-crop: 17}"), BENCH);

        assertThrows(InvalidConfigurationException.class, () -> adam.optimize(start(4, 2), unit));
        assertEquals(0, unit.queries());
    }

    @Test
    void finished_images_cannot_be_searched() {
        Candidates images = new Candidates(
                new FixedImages(BENCH.manager().zeros(new Shape(1, 3, 16, 16))), List.of(2), List.of(0.0), List.of());

        assertThrows(InvalidConfigurationException.class, () -> optimize("{steps: 1}", images, 4));
    }

    @Test
    void what_is_kept_of_the_way_changes_no_candidate() {
        String keys = "{steps: 7, %s".formatted(CROPS);

        Candidates bare = optimize(keys + "}", start(3, 2, 7), 4);
        Candidates kept = optimize(keys + ", snapshots: 3, gradient-similarity: true}", start(3, 2, 7), 4);

        assertArrayEquals(values(bare), values(kept));
        assertEquals(bare.scores(), kept.scores());
        assertCurves(bare, kept, 0);
    }

    @Test
    void snapshots_are_the_start_and_what_shorter_searches_end_with() {
        Candidates found = optimize("{steps: 5, snapshots: 2, %s}".formatted(CROPS), start(3, 2, 7), 4);

        assertEquals(
                List.of(0, 2, 4),
                found.snapshots().stream().map(Candidates.Snapshot::step).toList());
        NDArray first = Bench.points(start(3, 2, 7)).get(":,0:1");
        assertArrayEquals(first.toFloatArray(), points(found, 0).toFloatArray());
        for (int i = 1; i < 3; i++) {
            Candidates shorter = optimize("{steps: %d, %s}".formatted(2 * i, CROPS), start(3, 2, 7), 4);
            assertArrayEquals(values(shorter), points(found, i).toFloatArray());
        }
    }

    @Test
    void a_spent_budget_leaves_the_snapshots_that_all_candidates_reached() {
        StageUnit unit = unit(BENCH, GENERATOR, TARGET, 4, 2, 7).withBudget(12);
        LatentAdam adam = new LatentAdam(settings(DescentSettings.DEFAULT, "{steps: 2, snapshots: 1}"), BENCH);

        assertThrows(BudgetSpentException.class, () -> adam.optimize(start(4, 2, 7), unit));

        assertEquals(
                List.of(0, 1),
                unit.foundWhenSpent().snapshots().stream()
                        .map(Candidates.Snapshot::step)
                        .toList());
    }

    @Test
    void gradient_similarity_is_the_cosine_of_finite_differences_of_the_loss_before_the_crop() {
        Candidates start = start(2, 2, 7);

        Candidates found =
                optimize("{steps: 3, learning-rate: 1e-12, gradient-similarity: true, %s}".formatted(CROPS), start, 3);

        RandomCrop crop = new RandomCrop(0.4, 0.8, 0.8, 1.2);
        for (int row = 0; row < 4; row++) {
            double[][] gradients = new double[3][];
            for (int step = 0; step < 3; step++) {
                Box box = crop.draw(start.stream(BENCH.stream(11), row).child("step", step), 8, 8);
                gradients[step] =
                        ofFramedImage(start, row, Resampling.of(8, 8).crop(box).resize(8, 8));
            }
            float[] similarity = curve(found, "gradient similarity", row);
            assertEquals(Float.NaN, similarity[0]);
            assertEquals(cosine(gradients[0], gradients[1]), similarity[1], 0.02, "row " + row);
            assertEquals(cosine(gradients[1], gradients[2]), similarity[2], 0.02, "row " + row);
        }
    }

    @Test
    void without_a_gradient_there_is_no_similarity() {
        NDArray none = BENCH.manager().zeros(new Shape(2, 3, 8, 8));
        List<Box> whole = List.of(new Box(0, 0, 8, 8));
        try (GradientSimilarity similarity = new GradientSimilarity(BENCH.gradients(), Resampling.of(8, 8))) {
            NDArray some = none.duplicate();
            some.set(new NDIndex("0"), 1e-30f);
            similarity.next(some, whole);

            assertArrayEquals(new double[] {1, Double.NaN}, similarity.next(some, whole), 1e-12);
        }
    }

    /** Of the loss, by central differences at each pixel. */
    private static double[] ofFramedImage(Candidates start, int row, Resampling cropped) {
        NDArray w = Bench.points(start).get(row + ":" + (row + 1)).get(":,0:1");
        NDArray image = Resampling.of(16, 16).resize(8, 8).apply(GENERATOR.generate(w));
        float[] pixels = image.toFloatArray();
        double[] gradient = new double[pixels.length];
        double h = 2e-3;
        for (int i = 0; i < pixels.length; i++) {
            gradient[i] =
                    (loss(start, row, cropped, pixels, i, h) - loss(start, row, cropped, pixels, i, -h)) / (2 * h);
        }
        return gradient;
    }

    private static double loss(
            Candidates start, int row, Resampling cropped, float[] pixels, int changed, double change) {
        float[] moved = pixels.clone();
        moved[changed] += (float) change;
        return poincare(
                cropped.apply(BENCH.manager().create(moved, new Shape(1, 3, 8, 8))),
                start.classes().get(row));
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }
        return product / Math.sqrt(squareA * squareB);
    }

    private static NDArray points(Candidates found, int snapshot) {
        return ((LatentPoints) found.snapshots().get(snapshot).representation()).points();
    }

    private static void assertDescends(String key) {
        String keys = "{%s, %s, %s}".formatted(key, PLAIN_DESCENT, NO_CROP);
        Candidates start = start(4, 2);
        double h = 1e-2;

        float[] moved = values(optimize(keys, start, 4));

        NDArray first =
                settings(DescentSettings.DEFAULT, keys).searchSpace().start(Bench.points(start), GENERATOR.rows());
        float[] points = first.toFloatArray();
        int perCandidate = points.length / 4;
        for (int i = 0; i < points.length; i += 5) {
            int row = i / perCandidate;
            double above = curve(optimize(keys, shifted(first, i, h), 4), "loss", row)[0];
            double below = curve(optimize(keys, shifted(first, i, -h), 4), "loss", row)[0];
            double gradient = (above - below) / (2 * h);
            assertEquals(gradient, (points[i] - moved[i]) / 1e-3, 0.02 * Math.max(1, Math.abs(gradient)), "entry " + i);
        }
    }

    private static Candidates shifted(NDArray points, int entry, double change) {
        float[] values = points.toFloatArray();
        values[entry] += (float) change;
        return candidates(BENCH.manager().create(values, points.getShape()), 4, 2);
    }

    private static double loss(Candidates start, int row, Resampling seen) {
        NDArray w = Bench.points(start).get(row + ":" + (row + 1)).get(":,0:1");
        return poincare(seen.apply(GENERATOR.generate(w)), start.classes().get(row));
    }

    private static double poincare(NDArray seen, int targetClass) {
        NDArray logits =
                TARGET.forward(seen, Pass.evaluation(BENCH.stream(1))).logits().toType(DataType.FLOAT64, false);
        double[] o = logits.toDoubleArray();
        double norm = Arrays.stream(o).map(Math::abs).sum();
        double ofPoint = 0;
        double apart = 0;
        for (int k = 0; k < o.length; k++) {
            double corner = k == targetClass ? 1 - 1e-4 : 0;
            ofPoint += Math.pow(o[k] / norm, 2);
            apart += Math.pow(o[k] / norm - corner, 2);
        }
        double argument = 1 + 2 * apart / ((1 - ofPoint) * (1 - Math.pow(1 - 1e-4, 2)));
        return Math.log(argument + Math.sqrt(argument * argument - 1));
    }

    private static Candidates optimize(String keys, Candidates start, int batch) {
        Integer[] classes = start.classes().stream().distinct().toArray(Integer[]::new);
        return new LatentAdam(settings(DescentSettings.DEFAULT, keys), BENCH)
                .optimize(start, unit(BENCH, GENERATOR, TARGET, batch, classes));
    }

    private static Candidates start(int perClass, Integer... classes) {
        Shape shape = new Shape((long) perClass * classes.length, GENERATOR.rows(), GENERATOR.styleSize());
        float[] values = BENCH.stream(3).gaussians(Math.toIntExact(shape.size()));
        return candidates(BENCH.manager().create(values, shape), perClass, classes);
    }

    private static Candidates candidates(NDArray points, int perClass, Integer... classes) {
        List<Integer> each = List.of(classes).stream()
                .flatMap(target -> Collections.nCopies(perClass, target).stream())
                .toList();
        return new Candidates(
                new LatentPoints(GENERATOR, points), each, Collections.nCopies(each.size(), Double.NaN), List.of());
    }

    private static float[] curve(Candidates found, String name, int row) {
        return found.curves().stream()
                .filter(curve -> curve.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values()
                .get(row);
    }

    private static void assertCurves(Candidates expected, Candidates actual, float tolerance) {
        for (String name : List.of("loss", "confidence")) {
            IntStream.range(0, expected.size())
                    .forEach(row -> assertArrayEquals(
                            curve(expected, name, row), curve(actual, name, row), tolerance, name + " of " + row));
        }
    }
}
