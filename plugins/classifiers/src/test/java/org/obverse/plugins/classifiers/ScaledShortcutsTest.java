package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Residual;
import org.obverse.api.network.Residual.Shortcuts;
import org.obverse.api.network.ShortcutScale;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.testkit.Workbench;

/** The facet of residual networks that defenses use to take less of the shortcuts. */
class ScaledShortcutsTest {
    private static final Workbench BENCH = Workbench.of(ScaledShortcutsTest.class);
    private static final int CLASSES = 4;

    /** Thin and with both kinds of shortcut in its second stage. */
    private static final Design FACES = new FaceResNet("thin", List.of(1, 2, 1, 2), FaceResNet.Output.WITHIN).design();

    @TempDir
    Path folder;

    static Stream<Named<Design>> residual() {
        return Stream.of(ResNet.RESNET_18.design(), ResNet.RESNEXT_50.design(), FACES)
                .map(design -> Named.of(design.name(), design));
    }

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @ParameterizedTest
    @MethodSource("residual")
    void every_stage_with_its_shortcuts_whole_is_the_plain_network_to_the_byte(Design design) {
        for (String stage : of(design).residualStages()) {
            assertArrayEquals(
                    logits(build(of(design))), logits(build(of(design).scaled(stage, Shortcuts.ALL, progress -> 1))));
        }
    }

    @ParameterizedTest
    @MethodSource("residual")
    void without_shortcuts_a_stage_lacks_the_tensors_of_its_projection_and_no_others(Design design) {
        ResidualBody body = (ResidualBody) design.body();
        for (ResidualBody.Blocks blocks : body.stages()) {
            List<String> left = names(build(of(design))).stream()
                    .filter(name -> !name.startsWith(blocks.projection()))
                    .toList();

            assertEquals(left, names(build(of(design).scaled(blocks.stage(), Shortcuts.ALL, ShortcutScale.NONE))));
        }
    }

    @ParameterizedTest
    @MethodSource("residual")
    void a_factor_of_0_answers_as_if_there_were_no_shortcuts(Design design) {
        Classifier removed = build(of(design).scaled("stage4", Shortcuts.ALL, ShortcutScale.NONE));
        Classifier scaled = build(of(design).scaled("stage4", Shortcuts.ALL, progress -> 0));

        assertArrayEquals(logits(removed), logits(scaled));
        assertTrue(names(scaled).size() > names(removed).size());
    }

    @Test
    void how_many_shortcuts_are_the_identity_is_known_before_a_network_is_built() {
        assertEquals(List.of(2, 1, 1, 1), identities(ResNet.RESNET_18.design()));
        assertEquals(List.of(2, 3, 5, 2), identities(ResNet.RESNET_50.design()));
        assertEquals(List.of(0, 1, 0, 1), identities(FACES));
    }

    @Test
    void identities_alone_are_scaled_if_asked() {
        float[] plain = logits(build(of(FACES)));
        float[] all = logits(build(of(FACES).scaled("stage2", Shortcuts.ALL, progress -> 0)));
        float[] identities = logits(build(of(FACES).scaled("stage2", Shortcuts.IDENTITIES, ShortcutScale.NONE)));

        assertFalse(Arrays.equals(plain, identities));
        assertFalse(Arrays.equals(all, identities));
        assertThrows(
                InvalidConfigurationException.class,
                () -> of(FACES).scaled("stage1", Shortcuts.IDENTITIES, ShortcutScale.NONE));
    }

    /** As RoLSS is trained from ImageNet's weights. */
    @Test
    void a_published_file_may_hold_the_projection_that_the_network_has_lost() throws IOException {
        Design design = ResNet.RESNET_18.design();
        Map<String, NDArray> published =
                new LinkedHashMap<>(build(of(design)).parameters().all());
        Path file = folder.resolve("published.safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            TensorFile.write(channel, published, Map.of());
        }
        Beginning beginning =
                new Beginning.Pretrained(file.toString(), BENCH.weights(file.toString()), BENCH.manager());
        Residual started = (Residual) ResidualArchitecture.orPlain(
                new StagedArchitecture(design, InputTransform.NONE, beginning, BENCH.operators()));

        Classifier network = build(started.scaled("stage4", Shortcuts.ALL, ShortcutScale.NONE));

        assertFalse(names(network).contains("layer4.0.downsample.0.weight"));
        assertArrayEquals(values(published), values(network.parameters().all()));
    }

    @Test
    void networks_with_shortcuts_have_the_facet_and_others_do_not() {
        assertInstanceOf(Residual.class, SmallResNet.DEFAULT.architecture(BENCH));
        assertFalse(SmallInception.DEFAULT.architecture(BENCH.operators()) instanceof Residual);
    }

    private static List<Integer> identities(Design design) {
        return ((ResidualBody) design.body())
                .stages().stream().map(ResidualBody.Blocks::identities).toList();
    }

    private static Residual of(Design design) {
        return (Residual) ResidualArchitecture.orPlain(new StagedArchitecture(design, BENCH.operators()));
    }

    private static Classifier build(ClassifierArchitecture architecture) {
        return architecture.build(new Shape(3, 32, 32), CLASSES, BENCH.parameters(1));
    }

    private static List<String> names(Classifier network) {
        return List.copyOf(network.parameters().all().keySet());
    }

    private static float[] values(Map<String, NDArray> tensors) {
        return Objects.requireNonNull(tensors.get("layer4.1.conv2.weight")).toFloatArray();
    }

    private static float[] logits(Classifier network) {
        Shape two = new Shape(2, 3, 32, 32);
        NDArray images = BENCH.manager().create(BENCH.stream(2).gaussians(Math.toIntExact(two.size())), two);
        return network.forward(images, Pass.evaluation(BENCH.stream(3)))
                .logits()
                .toFloatArray();
    }
}
