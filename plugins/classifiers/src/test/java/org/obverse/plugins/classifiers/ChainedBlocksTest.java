package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Residual;
import org.obverse.api.network.Residual.Shortcuts;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.testkit.Workbench;

/** Dense blocks without their concatenations. */
class ChainedBlocksTest {
    private static final Workbench BENCH = Workbench.of(ChainedBlocksTest.class);

    /** Two layers of 4 channels in each block, after a stem of 8. */
    private static final Design THIN = new DenseNet("thin", List.of(2, 2, 2, 2), 4, 8).design();

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    /** Of a stage with 8 + 2 × 4 = 16 channels one half goes on: 8 again, then 8, then 8. */
    @Test
    void each_layer_sees_only_what_the_one_before_it_makes() {
        assertEquals(List.of(8, 12, 16), inputs(whole(), "denseblock4", "norm5"));
        assertEquals(List.of(8, 4, 4), inputs(without("stage4"), "denseblock4", "norm5"));
        assertEquals(List.of(8, 4, 4), inputs(without("stage2"), "denseblock2", "transition2.norm"));
        assertEquals(List.of(2, 6, 10), inputs(without("stage2"), "denseblock3", "transition3.norm"));
    }

    @Test
    void tensors_keep_their_names_and_their_order() {
        assertEquals(names(build(whole())), names(build(without("stage4"))));
    }

    /** The penultimate activation is that of one layer: 4 channels. */
    @Test
    void the_head_takes_as_many_features_as_one_layer_makes() {
        Classifier network = build(without("stage4"));

        assertEquals(
                new Shape(3, 4),
                Objects.requireNonNull(network.parameters().all().get("classifier.weight"))
                        .getShape());
        assertEquals(new Shape(2, 3), logits(network).getShape());
    }

    /** With a stage of a single layer the chain is that layer: the first channels of what the plain stage concatenates behind its input. */
    @Test
    void a_chain_of_one_layer_is_what_the_layer_adds() {
        DenseNet single = new DenseNet("single", List.of(1, 1, 1, 1), 4, 8);
        Residual plain = facet(single.design());
        NDArray concatenated = tap(build(plain), "stage1");
        NDArray chained = tap(build(plain.scaled("stage1", Shortcuts.ALL, ShortcutScale.NONE)), "stage1");

        assertArrayEquals(concatenated.get(":, 8:").toFloatArray(), chained.toFloatArray());
    }

    @Test
    void identities_are_all_that_there_is() {
        assertArrayEquals(
                logits(build(without("stage4"))).toFloatArray(),
                logits(build(whole().scaled("stage4", Shortcuts.IDENTITIES, ShortcutScale.NONE)))
                        .toFloatArray());
    }

    @Test
    void what_cannot_be_done_is_refused_with_the_way_out() {
        assertTrue(refusal(() -> whole().scaled("stage4", Shortcuts.ALL, progress -> 0.5))
                .contains("left out and not scaled; leave them out from the start"));
        assertTrue(refusal(() -> without("stage4").scaled("stage4", Shortcuts.ALL, ShortcutScale.NONE))
                .contains("left out already"));
        assertTrue(refusal(() -> without("stage5")).contains("name one of: stage1, stage2, stage3, stage4"));
    }

    @Test
    void weights_of_the_whole_network_are_refused_because_they_do_not_fit() throws Exception {
        Path file = folder.resolve("published.safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            TensorFile.write(channel, build(whole()).parameters().all(), Map.of());
        }
        Beginning beginning =
                new Beginning.Pretrained(file.toString(), BENCH.weights(file.toString()), BENCH.manager());
        Residual started = (Residual) ResidualArchitecture.orPlain(
                new StagedArchitecture(THIN, InputTransform.NONE, beginning, BENCH.operators()));

        assertTrue(refusal(() -> started.scaled("stage4", Shortcuts.ALL, ShortcutScale.NONE))
                .contains("without 'pretrained'"));
    }

    private static String refusal(Executable attempt) {
        return assertThrows(InvalidConfigurationException.class, attempt)
                .problems()
                .get(0)
                .toString();
    }

    /** The channels that the normalisations of a block's two layers, and the one behind it, take. */
    private static List<Integer> inputs(ClassifierArchitecture architecture, String block, String behind) {
        Map<String, NDArray> tensors = build(architecture).parameters().all();
        return List.of(block + ".denselayer1.norm1", block + ".denselayer2.norm1", behind).stream()
                .map(norm -> Objects.requireNonNull(tensors.get("features." + norm + ".weight"), norm))
                .map(weight -> Math.toIntExact(weight.getShape().get(0)))
                .toList();
    }

    private static Residual whole() {
        return facet(THIN);
    }

    private static Residual without(String stage) {
        return (Residual) whole().scaled(stage, Shortcuts.ALL, ShortcutScale.NONE);
    }

    private static Residual facet(Design design) {
        return (Residual) ResidualArchitecture.orPlain(new StagedArchitecture(design, BENCH.operators()));
    }

    private static Classifier build(ClassifierArchitecture architecture) {
        return architecture.build(new Shape(3, 32, 32), 3, BENCH.parameters(1));
    }

    private static List<String> names(Classifier network) {
        return List.copyOf(network.parameters().all().keySet());
    }

    private static NDArray logits(Classifier network) {
        return network.forward(images(), Pass.evaluation(BENCH.stream(3))).logits();
    }

    private static NDArray tap(Classifier network, String tap) {
        return network.forward(images(), Pass.evaluation(BENCH.stream(3))).tap(tap);
    }

    private static NDArray images() {
        Shape two = new Shape(2, 3, 32, 32);
        return BENCH.manager().create(BENCH.stream(2).gaussians(Math.toIntExact(two.size())), two);
    }
}
