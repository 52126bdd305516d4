package org.obverse.plugins.lokt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Preparer.Figure;
import org.obverse.api.attack.Preparer.Prepared;
import org.obverse.api.generator.Conditional;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Use;
import org.obverse.gans.ConditionalRecipe;
import org.obverse.plugins.classifiers.ClassifiersPlugin;
import org.obverse.testkit.StageUnit;
import org.obverse.testkit.Workbench;
import org.obverse.testkit.bench.GivenParameters;
import org.obverse.testkit.small.Colours;
import org.obverse.testkit.small.ColumnGenerator;
import org.obverse.testkit.small.LinearNet;
import org.obverse.testkit.small.MeanColour;

class KnowledgeTransferTest {
    private static final Workbench BENCH =
            Workbench.of(KnowledgeTransferTest.class).with(new ClassifiersPlugin());

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /**
     * 3 of 4 iterations of two steps of 6 images know classes; 5 images of each of 10 classes are relabelled, and one of each is what
     * surrogates are tried on.
     */
    @Test
    void every_label_is_a_query_and_nothing_else_is() {
        StageUnit unit = unit();

        preparer(4, 1).prepare(unit);

        assertEquals(3 * 2 * 6 + 5 * 10 + 10, unit.queries());
    }

    @Test
    void the_agreement_of_each_surrogate_is_told_and_how_many_classes_it_could_not_learn() {
        Preparer.Made made = preparer(2, 0).prepare(unit());
        float[] counts = Objects.requireNonNull(made.tensors().get("relabelled"))
                .toType(DataType.FLOAT32, false)
                .toFloatArray();
        int missing = 0;
        for (float count : counts) {
            missing += count == 0 ? 1 : 0;
        }

        assertEquals(
                List.of("classes without a labelled image", "agreement of surrogate-0", "agreement of surrogate-1"),
                made.figures().stream().map(Figure::name).toList());
        assertEquals(missing, made.figures().get(0).value());
        assertTrue(made.figures().stream().skip(1).allMatch(figure -> figure.value() >= 0 && figure.value() <= 1));
    }

    @Test
    void the_same_seed_learns_the_same() {
        Map<String, NDArray> first = preparer(2, 0).prepare(unit()).tensors();
        Map<String, NDArray> second = preparer(2, 0).prepare(unit()).tensors();

        assertEquals(first.keySet(), second.keySet());
        first.forEach(
                (name, tensor) -> assertTrue(tensor.contentEquals(Objects.requireNonNull(second.get(name))), name));
    }

    @Test
    void two_surrogates_of_one_architecture_start_and_learn_apart() {
        Map<String, NDArray> tensors = preparer(2, 0).prepare(unit()).tensors();
        String weight = tensors.keySet().stream()
                .filter(name -> name.startsWith("surrogate-0.") && name.endsWith("conv1.weight"))
                .map(name -> name.substring("surrogate-0.".length()))
                .findFirst()
                .orElseThrow();

        assertFalse(Objects.requireNonNull(tensors.get("surrogate-0." + weight))
                .contentEquals(Objects.requireNonNull(tensors.get("surrogate-1." + weight))));
    }

    @Test
    void surrogates_come_to_say_what_the_target_says() {
        KnowledgeTransfer preparer = new KnowledgeTransfer(settings(100, 0, 40, 12), BENCH);
        Prepared prepared = preparer.open(
                new GivenParameters(preparer.prepare(unit(target())).tensors()), new ColumnGenerator(6, 3));
        Conditional generator = (Conditional) prepared.generator();
        NDArray z = BENCH.manager().create(BENCH.stream(3).gaussians(60 * 6), new Shape(60, 6));
        NDArray images = generator.generate(
                generator.locate(z, IntStream.range(0, 60).map(i -> i % 3).toArray()));
        long[] target = said(target(), images);

        assertEquals(
                List.of("surrogate-0", "surrogate-1"),
                prepared.networks().keySet().stream().toList());
        for (Classifier surrogate : prepared.networks().values()) {
            long[] said = said(surrogate, images);
            long agreed =
                    IntStream.range(0, 60).filter(i -> said[i] == target[i]).count();
            assertTrue(agreed > 45, () -> "a surrogate agrees on " + agreed + " of 60, by chance 20");
        }
    }

    private static long[] said(Classifier network, NDArray images) {
        return network.forward(images, Pass.evaluation(BENCH.stream(1)))
                .logits()
                .argMax(1)
                .toLongArray();
    }

    @Test
    void the_artifact_tells_how_many_images_each_class_got() {
        Map<String, NDArray> tensors = preparer(2, 0).prepare(unit()).tensors();

        int[] counts = Objects.requireNonNull(tensors.get("relabelled")).toIntArray();

        assertEquals(10, counts.length);
        assertEquals(50, Arrays.stream(counts).sum());
    }

    @Test
    void more_iterations_leave_no_more_arrays_behind() {
        assertEquals(arraysAfter(1), arraysAfter(4));
    }

    private static int arraysAfter(int iterations) {
        StageUnit unit = unit();
        int before = BENCH.manager().getManagedArrays().size();
        try (NDScope scope = new NDScope()) {
            preparer(iterations, 0).prepare(unit);
            return BENCH.manager().getManagedArrays().size() - before;
        }
    }

    @Test
    void public_images_that_do_not_fill_a_batch_are_refused() {
        StageUnit unit = StageUnit.of(BENCH, List.of(0)).withTarget(target()).withPublicImages(new Colours(5));

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> preparer(2, 0).prepare(unit));

        assertEquals("training.batch", refusal.problems().get(0).path());
        assertEquals(0, unit.queries());
    }

    @Test
    void a_surrogate_that_does_not_fit_the_images_is_refused_before_anything_is_asked() {
        StageUnit unit = unit();
        TransferSettings settings = new TransferSettings(
                6,
                2,
                1.5,
                0,
                new ConditionalRecipe(2, 2, 6, 0.01, 0, 0.9),
                5,
                List.of(Use.of("densenet121")),
                SurrogateRecipe.DEFAULT);

        assertThrows(InvalidConfigurationException.class, () -> new KnowledgeTransfer(settings, BENCH).prepare(unit));
        assertEquals(0, unit.queries());
    }

    @Test
    void images_that_the_networks_cannot_make_are_refused_before_anything_is_trained() {
        Preflight.Setting setting =
                new Preflight.Setting(new ColumnGenerator(6, 3), new Shape(3, 28, 28), List.of(0), 1);

        assertEquals(1, preparer(2, 0).check(setting).size());
    }

    private static KnowledgeTransfer preparer(int iterations, int classTermsAfter) {
        return new KnowledgeTransfer(settings(iterations, classTermsAfter, 5, 1), BENCH);
    }

    private static TransferSettings settings(int iterations, int classTermsAfter, int perClass, int epochs) {
        Use small = new Use("small-resnet", Map.of("width", 4));
        return new TransferSettings(
                6,
                4,
                1.5,
                classTermsAfter,
                new ConditionalRecipe(iterations, 2, 6, 0.01, 0, 0.9),
                perClass,
                List.of(small, small),
                new SurrogateRecipe(epochs, 10, 0.05, 0.9));
    }

    private static MeanColour target() {
        return new MeanColour(BENCH.parameters(1), 5);
    }

    /** Of a target that takes images for one class or another, whatever they are of. */
    private static StageUnit unit() {
        return unit(LinearNet.at(BENCH, 16, 4, 1));
    }

    private static StageUnit unit(Classifier target) {
        return StageUnit.of(BENCH, List.of(0))
                .withTarget(target)
                .withPublicImages(new Colours(21))
                .withBatch(8);
    }
}
