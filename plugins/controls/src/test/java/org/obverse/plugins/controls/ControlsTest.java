package org.obverse.plugins.controls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.Preflight;
import org.obverse.api.control.Control;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Resampling;
import org.obverse.plugins.controls.ProjectionSettings.Space;
import org.obverse.testkit.AttackedUnit;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.PlainGenerator;
import org.obverse.testkit.small.StyledRow;

class ControlsTest {
    private static final Workbench BENCH = Workbench.of(ControlsTest.class);
    private static final int SIDE = 6;
    private static final int LATENT = 3;
    private static final LinearNet TARGET = LinearNet.at(BENCH, SIDE, 31, 1);
    private static final Generator GENERATOR = new PlainGenerator(LATENT, SIDE);

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Images of which sample i is i everywhere, by their classes. */
    private record Numbered(List<Integer> labels) implements Images {
        static Numbered of(Integer... labels) {
            return new Numbered(List.of(labels));
        }

        @Override
        public int size() {
            return labels.size();
        }

        @Override
        public Shape shape() {
            return new Shape(3, SIDE, SIDE);
        }

        @Override
        public int label(int index) {
            return labels.get(index);
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            float[] values = new float[indices.length];
            for (int i = 0; i < indices.length; i++) {
                values[i] = indices[i];
            }
            NDArray numbers = manager.create(values, new Shape(indices.length, 1, 1, 1));
            return numbers.broadcast(new Shape(indices.length, 3, SIDE, SIDE));
        }
    }

    private record Held(Images test) implements Dataset {
        @Override
        public int classes() {
            return 3;
        }

        @Override
        public List<String> classNames() {
            return List.of("Ada", "Bea", "Cyd");
        }

        @Override
        public Shape shape() {
            return test.shape();
        }

        @Override
        public Set<Part> parts() {
            return Set.of(Part.TEST);
        }

        @Override
        public Images images(Part part) {
            return test;
        }
    }

    /** Of an attack that delivered as many of each class as said; image i is i everywhere. */
    private static AttackedUnit unit(Generator generator, long questions, Images images, int... counts) {
        List<Integer> classes = IntStream.range(0, counts.length).boxed().toList();
        List<Integer> delivered = classes.stream()
                .flatMap(c -> Collections.nCopies(counts[c], c).stream())
                .toList();
        int[] all = IntStream.range(0, delivered.size()).toArray();
        NDArray found = new Numbered(delivered).read(BENCH.manager(), all);
        return new AttackedUnit(
                StageUnit.of(BENCH, classes, generator)
                        .withTarget(TARGET)
                        .withPublicImages(images)
                        .withBatch(7),
                () -> new Held(images),
                new Candidates(
                        new FixedImages(found), delivered, Collections.nCopies(delivered.size(), 0.0), List.of()),
                questions,
                0);
    }

    private static AttackedUnit unit(long questions, int... counts) {
        return unit(GENERATOR, questions, Numbered.of(), counts);
    }

    private static float[] points(Candidates candidates) {
        return candidates.representation().variables().head().toFloatArray();
    }

    /** The numbers of the images that were chosen. */
    private static List<Integer> chosen(Candidates candidates) {
        NDArray images = candidates.representation().variables().head();
        return IntStream.range(0, candidates.size())
                .mapToObj(i -> Math.round(images.getFloat(i, 0, 0, 0)))
                .toList();
    }

    @Test
    void the_prior_gives_as_many_draws_of_each_class_as_were_delivered_and_asks_nothing() {
        AttackedUnit unit = unit(100, 2, 3);

        Candidates found = new Prior(PriorSettings.DEFAULT).candidates(unit);

        assertEquals(List.of(0, 0, 1, 1, 1), found.classes());
        assertEquals(0, unit.stage().queries());
        RandomStream last = unit.random().child("class", 1).child("candidate", 2);
        assertArrayEquals(last.gaussians(LATENT), Arrays.copyOfRange(points(found), 4 * LATENT, 5 * LATENT));
    }

    @Test
    void truncation_shrinks_every_style_towards_the_average() {
        Generator styles = new StyledRow(4, BENCH.operators());

        float[] whole = points(new Prior(new PriorSettings(1)).candidates(unit(styles, 0, Numbered.of(), 1, 1)));
        float[] half = points(new Prior(new PriorSettings(0.5)).candidates(unit(styles, 0, Numbered.of(), 1, 1)));

        for (int i = 0; i < whole.length; i++) {
            assertEquals(whole[i] / 2, half[i], 1e-6);
        }
    }

    /** Against all n draws, made and scored here, sorted by the logarithm of the softmax in float64. */
    @Test
    void best_of_n_is_the_best_of_as_many_draws_as_the_attack_asked_questions() {
        AttackedUnit unit = unit(40, 2, 3);

        Candidates found = new BestOfN(BestSettings.DEFAULT).candidates(unit);

        assertEquals(40, unit.stage().queries());
        RandomStream all = unit.random().child("all classes");
        float[][] draws = IntStream.range(0, 40)
                .mapToObj(i -> all.child("draw", i).gaussians(LATENT))
                .toArray(float[][]::new);
        List<float[]> expected = new ArrayList<>();
        for (int wanted : List.of(0, 0, 1, 1, 1)) {
            int rank = expected.size() - (wanted == 0 ? 0 : 2);
            expected.add(IntStream.range(0, 40)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -logScore(draws[i], wanted)))
                    .skip(rank)
                    .map(i -> draws[i])
                    .findFirst()
                    .orElseThrow());
        }
        for (int row = 0; row < 5; row++) {
            assertArrayEquals(
                    expected.get(row), Arrays.copyOfRange(points(found), row * LATENT, (row + 1) * LATENT), 1e-6f);
            assertEquals(
                    logScore(expected.get(row), found.classes().get(row)),
                    found.scores().get(row),
                    1e-6);
        }
    }

    private static double logScore(float[] z, int targetClass) {
        return logScore(GENERATOR.generate(BENCH.manager().create(z, new Shape(1, LATENT))), targetClass);
    }

    private static double logScore(NDArray image, int targetClass) {
        double[] logits = TARGET.forward(image, Pass.evaluation(BENCH.stream(1)))
                .logits()
                .toType(DataType.FLOAT64, true)
                .toDoubleArray();
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return logits[targetClass] - Math.log(sum);
    }

    /** With a model that sees nothing but the square: of the same draws it takes the ones that are best there. */
    @Test
    void best_of_n_shows_the_target_as_much_of_an_image_as_the_attack_did() {
        AttackedUnit whole = unit(40, 2, 3);
        AttackedUnit cropped =
                new AttackedUnit(whole.stage(), whole.lent(), whole.attacked(), whole.questions(), SIDE - 2);

        Candidates found = new BestOfN(BestSettings.DEFAULT).candidates(cropped);

        RandomStream all = cropped.random().child("all classes");
        Resampling view = Resampling.of(SIDE, SIDE).centerCrop(SIDE - 2).resize(SIDE, SIDE);
        double best = IntStream.range(0, 40)
                .mapToDouble(i -> logScore(
                        view.apply(GENERATOR
                                .generate(BENCH.manager()
                                        .create(all.child("draw", i).gaussians(LATENT), new Shape(1, LATENT)))
                                .clip(-1, 1)),
                        1))
                .max()
                .orElseThrow();
        assertEquals(best, found.scores().get(2), 1e-6);
    }

    @Test
    void an_attack_that_asked_less_than_it_delivered_is_compared_with_as_many_draws_as_that() {
        AttackedUnit unit = unit(0, 2, 3);

        Candidates found = new BestOfN(BestSettings.DEFAULT).candidates(unit);

        assertEquals(5, found.size());
        assertEquals(3, unit.stage().queries());
    }

    /** A generator that adds its condition to z. */
    private record Added(PlainGenerator plain) implements Conditional {
        @Override
        public int conditions() {
            return 3;
        }

        @Override
        public NDArray locate(NDArray z, int[] condition) {
            float[] values = new float[condition.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = 100 * condition[i];
            }
            return z.add(z.getManager().create(values).reshape(-1, 1));
        }

        @Override
        public int latentSize() {
            return plain.latentSize();
        }

        @Override
        public Shape image() {
            return plain.image();
        }

        @Override
        public Shape searchSpace() {
            return plain.searchSpace();
        }

        @Override
        public NDArray locate(NDArray z) {
            return plain.locate(z);
        }

        @Override
        public NDArray generate(NDArray points) {
            return plain.generate(points);
        }
    }

    @Test
    void the_questions_are_shared_out_where_a_generator_draws_under_classes() {
        AttackedUnit unit = unit(new Added(new PlainGenerator(LATENT, SIDE)), 31, Numbered.of(), 1, 1, 1);

        Candidates found = new BestOfN(BestSettings.DEFAULT).candidates(unit);

        assertEquals(30, unit.stage().queries());
        for (int row = 0; row < 3; row++) {
            assertEquals(100.0 * row, points(found)[row * LATENT], 10);
        }
    }

    @Test
    void of_equal_scores_the_first_stands_first_and_what_is_no_number_last() {
        Highest highest = new Highest(3);
        double[] scores = {Double.NaN, 1, 2, 1, 2};
        for (int i = 0; i < scores.length; i++) {
            highest.add(i, scores[i]);
        }

        assertEquals(
                List.of(2, 4, 1),
                highest.of(5).stream().map(Highest.Scored::number).toList());
    }

    @Test
    void what_was_cut_short_has_the_first_of_all_others_behind_what_was_scored() {
        Highest highest = new Highest(3);
        highest.add(2, 1);

        assertEquals(
                List.of(2, 0, 1),
                highest.of(9).stream().map(Highest.Scored::number).toList());
    }

    /** The number of derangements of 4 is 9, each as likely. */
    @Test
    void wrong_labels_are_a_uniformly_drawn_derangement() {
        Map<Map<Integer, Integer>, Integer> seen = new HashMap<>();
        int draws = 1800;
        for (int i = 0; i < draws; i++) {
            Map<Integer, Integer> origins = WrongLabel.origins(List.of(7, 1, 5, 3), BENCH.stream(i));
            origins.forEach((wanted, from) -> assertTrue(!wanted.equals(from)));
            assertEquals(Set.of(1, 3, 5, 7), Set.copyOf(origins.values()));
            seen.merge(origins, 1, Integer::sum);
        }

        assertEquals(9, seen.size());
        double deviation = Math.sqrt(draws / 9.0 * 8 / 9);
        seen.values().forEach(count -> assertEquals(draws / 9.0, count, 4 * deviation));
    }

    @Test
    void wrong_labels_are_those_of_the_attacks_own_candidates() {
        AttackedUnit unit = unit(0, 1, 2, 3);

        Candidates found = new WrongLabel().candidates(unit);

        Map<Integer, Integer> origins = WrongLabel.origins(List.of(0, 1, 2), unit.random());
        Map<Integer, List<Integer>> delivered = Map.of(0, List.of(0), 1, List.of(1, 2), 2, List.of(3, 4, 5));
        List<Integer> expected = List.of(0, 1, 2).stream()
                .flatMap(wanted -> delivered.getOrDefault(origins.getOrDefault(wanted, wanted), List.of()).stream())
                .toList();
        assertEquals(expected, chosen(found));
    }

    @Test
    void one_class_has_no_wrong_label_among_the_attacked() {
        List<Problem> problems =
                new WrongLabel().check(new Preflight.Setting(GENERATOR, new Shape(3, SIDE, SIDE), List.of(4), 1));

        assertEquals(
                List.of(
                        "judges what was found for one class as another one, and only one class is attacked; attack at least two"
                                + " classes, or drop the control"),
                problems.stream()
                        .map(problem -> problem.message() + "; " + problem.wayOut())
                        .toList());
    }

    @Test
    void real_images_are_held_out_ones_of_the_class_without_replacement_and_all_of_a_class_with_fewer() {
        Candidates found = new Real().candidates(unit(GENERATOR, 0, Numbered.of(2, 0, 1, 0, 0, 2, 0), 3, 2, 1));

        assertEquals(List.of(0, 0, 0, 1, 2), found.classes());
        List<Integer> images = chosen(found);
        assertEquals(3, Set.copyOf(images.subList(0, 3)).size());
        assertTrue(Set.of(1, 3, 4, 6).containsAll(images.subList(0, 3)));
        assertEquals(2, images.get(3));
        assertTrue(Set.of(0, 5).contains(images.get(4)));
    }

    @Test
    void a_class_without_a_held_out_image_is_named() {
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> new Real().candidates(unit(GENERATOR, 0, Numbered.of(0, 0, 2), 1, 1, 1)));

        assertEquals(
                "'real' finds no image of class Bea (1) in the part test of the data",
                refusal.problems().get(0).message());
    }

    @Test
    void the_nearest_public_images_are_those_that_the_target_takes_for_the_class_most_surely() {
        Images images = Numbered.of(-1, -1, -1, -1, -1, -1, -1, -1, -1);
        AttackedUnit unit = unit(GENERATOR, 0, images, 2, 1);

        Candidates found = new NearestPublic().candidates(unit);

        assertEquals(9, unit.stage().queries());
        NDArray logs = TARGET.forward(
                        images.read(BENCH.manager(), IntStream.range(0, 9).toArray()), Pass.evaluation(BENCH.stream(1)))
                .logits()
                .toType(DataType.FLOAT64, true)
                .logSoftmax(1);
        List<Integer> best = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            int wanted = c;
            IntStream.range(0, 9)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -logs.getDouble(i, wanted)))
                    .limit(2 - c)
                    .forEach(best::add);
        }
        assertEquals(best, chosen(found));
    }

    @Test
    void fewer_public_images_than_wanted_are_all_given() {
        Candidates found = new NearestPublic().candidates(unit(GENERATOR, 0, Numbered.of(-1), 2, 2));

        assertEquals(List.of(0, 1), found.classes());
    }

    /** Images of one class that the generator drew. */
    private record Drawn(NDArray images) implements Images {
        @Override
        public int size() {
            return (int) images.getShape().get(0);
        }

        @Override
        public Shape shape() {
            return images.getShape().slice(1);
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            NDArray chosen = images.get(BENCH.manager().create(indices));
            chosen.attach(manager);
            return chosen;
        }
    }

    @ParameterizedTest
    @MethodSource("projections")
    void what_the_generator_can_draw_the_projection_draws_again(Space space, List<Use> features) {
        Generator styled = new StyledRow(LATENT, BENCH.operators());
        for (Generator generator : List.of(GENERATOR, styled)) {
            NDArray points = generator.locate(
                    BENCH.manager().create(new float[] {0.3f, -0.4f, 0.2f, -0.1f, 0.5f, 0.4f}, new Shape(2, LATENT)));
            Drawn drawn = new Drawn(generator.generate(points));

            Candidates found = projected(new ProjectionSettings(space, 400, 0.05, features), generator, drawn);

            assertEquals(
                    Control.Role.CEILING, projection(ProjectionSettings.DEFAULT).role());
            assertEquals(List.of(0, 0), found.classes());
            float worst = missed(found, generator, drawn);
            assertTrue(worst < 1e-2, generator + " misses by " + worst);
        }
    }

    static Stream<Arguments> projections() {
        return Stream.of(Space.values())
                .flatMap(space ->
                        Stream.of(Arguments.of(space, List.of()), Arguments.of(space, List.of(Use.of("homogeneous")))));
    }

    /** Row i of an image is the i-th style. */
    private record StyleRows(int styleSize) implements Mapped {
        @Override
        public int rows() {
            return 2;
        }

        @Override
        public int latentSize() {
            return styleSize;
        }

        @Override
        public Shape image() {
            return new Shape(1, rows(), styleSize);
        }

        @Override
        public Shape searchSpace() {
            return new Shape(rows(), styleSize);
        }

        @Override
        public NDArray locate(NDArray z) {
            return map(z, Truncation.NONE);
        }

        @Override
        public NDArray map(NDArray z, Truncation truncation) {
            return z.mul(truncation.psi()).expandDims(1).repeat(1, rows());
        }

        @Override
        public NDArray generate(NDArray points) {
            return points.broadcast(new Shape(points.getShape().get(0), rows(), styleSize))
                    .expandDims(1);
        }
    }

    /** The best single style is the mean of both rows, which misses each pixel by half of their difference. */
    @Test
    void what_only_a_style_for_each_row_can_draw_is_found_in_w_plus_and_missed_by_half_in_w() {
        Generator rows = new StyleRows(LATENT);
        Drawn drawn = new Drawn(BENCH.manager()
                .create(
                        new float[] {0.3f, -0.4f, 0.2f, -0.1f, 0.5f, 0.4f, 0.3f, -0.4f, 0.2f, -0.1f, 0.5f, 0.4f},
                        new Shape(2, 1, 2, LATENT)));

        Candidates one = projected(new ProjectionSettings(Space.W, 400, 0.05, List.of()), rows, drawn);
        Candidates each = projected(new ProjectionSettings(Space.W_PLUS, 400, 0.05, List.of()), rows, drawn);

        assertEquals(0.45, missed(one, rows, drawn), 1e-2);
        assertTrue(missed(each, rows, drawn) < 1e-2);
    }

    /** The largest difference of a pixel; the order of the images is a draw. */
    private static float missed(Candidates found, Generator generator, Drawn drawn) {
        NDArray again = generator.generate(found.representation().variables().head());
        assertEquals(drawn.images().getShape(), again.getShape());
        float same = again.sub(drawn.images()).abs().max().getFloat();
        float turned = again.sub(drawn.images().flip(0)).abs().max().getFloat();
        return Math.min(same, turned);
    }

    /** Sees each pixel's channels, and all pixels at once, each with one value beside them, so that their direction tells what they are. */
    private record Homogeneous(Shape input, Parameters parameters, float beside) implements Classifier {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Tap> taps() {
            return List.of(
                    new Tap("pixels", new Shape(input.get(0) + 1, input.get(1), input.get(2))),
                    new Tap(Tap.AUXILIARY, new Shape(2)),
                    new Tap(Tap.PENULTIMATE, new Shape(input.size() + 1)));
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            NDArray all = images.reshape(images.getShape().get(0), input.size());
            NDArray logits = all.get(":, 0:2");
            return new Activations(
                    logits, Map.of("pixels", with(images), Tap.AUXILIARY, logits, Tap.PENULTIMATE, with(all)));
        }

        private NDArray with(NDArray values) {
            NDArray constant = values.get(":, 0:1").mul(0).add(beside);
            return NDArrays.concat(new NDList(values, constant), 1);
        }
    }

    private static final Component<ControlsPlugin.Nothing, ClassifierArchitecture> HOMOGENEOUS = new Component<>(
            Kind.CLASSIFIER,
            "homogeneous",
            "",
            new ControlsPlugin.Nothing(),
            (nothing, resources) -> (input, classes, parameters) -> {
                if (input.get(0) > 3) {
                    throw new InvalidConfigurationException(
                            new Problem("", "it takes no " + input, "use images of 3 channels"));
                }
                return new Homogeneous(input, parameters, 1);
            });

    /** A finished program whose inside cannot be seen. */
    private record Blind(Shape input, Parameters parameters) implements Classifier {
        @Override
        public int classes() {
            return 2;
        }

        @Override
        public List<Tap> taps() {
            return List.of();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            return new Activations(images.reshape(images.getShape().get(0), -1).get(":, 0:2"), Map.of());
        }
    }

    private static final Component<ControlsPlugin.Nothing, ClassifierArchitecture> BLIND = new Component<>(
            Kind.CLASSIFIER,
            "blind",
            "",
            new ControlsPlugin.Nothing(),
            (nothing, resources) -> (input, classes, parameters) -> new Blind(input, parameters));

    /** ‖a/‖a‖ - b/‖b‖‖² = 2 - 2 cos(a, b), for each pixel with its 1 and for all pixels together. */
    @Test
    void the_distance_of_features_is_that_of_directions_in_the_mean_over_pixels_and_activations() {
        Shape shape = new Shape(1, 2, 1, 2);
        float[] some = {0.3f, -0.4f, 0.2f, 0.9f};
        float[] other = {-0.5f, 0.1f, 0.7f, 0.6f};
        Homogeneous network = new Homogeneous(shape.slice(1), BENCH.parameters(1), 1);

        FeatureDistance distance = FeatureDistance.from(BENCH.manager().create(some, shape), network, BENCH.stream(1));

        double left = turn(new double[] {0.3, 0.2, 1}, new double[] {-0.5, 0.7, 1});
        double right = turn(new double[] {-0.4, 0.9, 1}, new double[] {0.1, 0.6, 1});
        double all = turn(new double[] {0.3, -0.4, 0.2, 0.9, 1}, new double[] {-0.5, 0.1, 0.7, 0.6, 1});
        assertEquals(
                ((left + right) / 2 + all) / 2,
                distance.of(BENCH.manager().create(other, shape)).getFloat(0),
                1e-6);
        assertEquals(0, distance.of(BENCH.manager().create(some, shape)).getFloat(0), 1e-12);
    }

    private static double turn(double[] a, double[] b) {
        return 2 - 2 * dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    /** As ReLUs leave them. */
    @Test
    void where_a_network_sees_nothing_the_distance_has_a_gradient() {
        Shape shape = new Shape(1, 2, 1, 2);
        Homogeneous network = new Homogeneous(shape.slice(1), BENCH.parameters(1), 0);
        FeatureDistance distance = FeatureDistance.from(
                BENCH.manager().create(new float[] {0.3f, -0.4f, 0.2f, 0.9f}, shape), network, BENCH.stream(1));
        try (Gradients.Recording recording = BENCH.gradients().recording()) {
            NDArray black = BENCH.gradients().variable(BENCH.manager().zeros(shape));
            NDArray gradient = BENCH.gradients()
                    .of(distance.of(black).sum(), new NDList(black))
                    .head();

            for (float value : gradient.toFloatArray()) {
                assertTrue(Float.isFinite(value), gradient::toString);
            }
        }
    }

    @Test
    void a_network_that_shows_nothing_of_what_it_sees_is_refused_before_the_run() {
        List<Problem> problems = projection(new ProjectionSettings(Space.W, 1, 0.05, List.of(Use.of("blind"))))
                .check(new Preflight.Setting(GENERATOR, new Shape(3, SIDE, SIDE), List.of(0), 1));

        assertEquals(List.of("features.0"), problems.stream().map(Problem::path).toList());
    }

    @Test
    void a_network_that_does_not_take_the_images_is_refused_before_the_run_and_so_are_two() {
        Projection projection = projection(new ProjectionSettings(Space.W, 1, 0.05, List.of(Use.of("homogeneous"))));

        assertEquals(
                List.of(), projection.check(new Preflight.Setting(GENERATOR, new Shape(3, SIDE, SIDE), List.of(0), 1)));
        assertEquals(
                "features.0",
                projection
                        .check(new Preflight.Setting(GENERATOR, new Shape(4, SIDE, SIDE), List.of(0), 1))
                        .get(0)
                        .path());
        assertEquals(
                List.of("features"),
                new ProjectionSettings(Space.W, 1, 0.05, List.of(Use.of("a"), Use.of("b")))
                        .check().stream().map(Problem::path).toList());
    }

    private static Projection projection(ProjectionSettings settings) {
        return Projection.of(settings, BENCH.with(HOMOGENEOUS).with(BLIND));
    }

    private static Candidates projected(ProjectionSettings settings, Generator generator, Images images) {
        return projection(settings).candidates(unit(generator, 0, images, 2));
    }
}
