package org.obverse.plugins.classifiers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Head;
import org.obverse.api.network.Headed;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.networks.Linear;
import org.obverse.networks.Namespace;
import org.obverse.testkit.Workbench;

/** Training that starts from a file, with a network that is thin in every direction. */
class PretrainedTest {
    private static final Workbench BENCH = Workbench.of(PretrainedTest.class);
    private static final Design THIN = new DenseNet("thin", List.of(1, 1, 1, 1), 4, 8).design();
    private static final Shape INPUT = new Shape(3, 32, 32);
    private static final int CLASSES = 6;
    private static final String HEAD = "classifier.weight";

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        BENCH.close();
    }

    @Test
    void a_network_of_as_many_classes_starts_from_all_tensors_of_the_file() throws IOException {
        Map<String, NDArray> published = published();
        Map<String, NDArray> started = start(write(published), CLASSES);
        assertEquals(published.keySet(), started.keySet());
        published.forEach((name, tensor) -> assertSame(name, tensor, started));
    }

    @Test
    void a_head_of_another_number_of_classes_starts_as_without_a_file() throws IOException {
        Map<String, NDArray> published = published();
        Map<String, NDArray> started = start(write(published), CLASSES + 1);
        Map<String, NDArray> fresh = fresh(2, CLASSES + 1);
        assertSame(HEAD, tensor(fresh, HEAD), started);
        published.keySet().stream()
                .filter(name -> !name.startsWith("classifier."))
                .forEach(name -> assertSame(name, tensor(published, name), started));
    }

    @Test
    void another_head_leaves_that_of_the_file_alone() throws IOException {
        Headed architecture = architecture(write(published()));
        Classifier network = architecture.build(INPUT, CLASSES, BENCH.parameters(2), PretrainedTest::other);
        assertFalse(network.parameters().all().containsKey(HEAD));
    }

    @Test
    void the_numbered_names_of_torchvisions_files_are_understood() throws IOException {
        Map<String, NDArray> published = published();
        Map<String, NDArray> started = start(write(numbered(published)), CLASSES);
        published.forEach((name, tensor) -> assertSame(name, tensor, started));
    }

    @Test
    void they_are_understood_in_a_file_of_finished_weights_too() throws IOException {
        Map<String, NDArray> published = published();
        Path weights = write(numbered(published));
        Parameters parameters = BENCH.parameters(BENCH.weights(weights.toString()));

        new StagedArchitecture(THIN, BENCH.operators()).build(INPUT, CLASSES, parameters);

        parameters.requireNothingLeft("weights");
        published.forEach((name, tensor) -> assertSame(name, tensor, parameters.all()));
    }

    @Test
    void a_file_that_holds_one_tensor_under_two_names_is_refused() throws IOException {
        Map<String, NDArray> both = published();
        both.putAll(numbered(both));
        Parameters parameters = BENCH.parameters(BENCH.weights(write(both).toString()));

        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class,
                () -> new StagedArchitecture(THIN, BENCH.operators()).build(INPUT, CLASSES, parameters));

        assertTrue(
                refusal.problems().get(0).toString().contains("as 'features.denseblock1.denselayer1.conv.1.weight'"),
                refusal::toString);
    }

    private static Map<String, NDArray> numbered(Map<String, NDArray> tensors) {
        UnaryOperator<String> older = name -> name.replaceAll("(denselayer1\\.(norm|conv))([12])", "$1.$3");
        Map<String, NDArray> numbered = tensors.entrySet().stream()
                .collect(Collectors.toMap(entry -> older.apply(entry.getKey()), Map.Entry::getValue));
        assertTrue(numbered.containsKey("features.denseblock1.denselayer1.norm.1.weight"));
        return numbered;
    }

    @Test
    void vgg16_64_takes_its_trunk_from_torchvisions_vgg16_bn_and_begins_the_rest_by_itself() throws IOException {
        Shape input = new Shape(3, 64, 64);
        Map<String, NDArray> torchvision = vgg16Bn();
        PublishedSettings settings = new PublishedSettings(write(torchvision).toString(), InputTransform.UNIT);

        Map<String, NDArray> started = settings.architecture(Vgg64.design(), BENCH)
                .build(input, CLASSES, BENCH.parameters(2))
                .parameters()
                .all();

        Map<String, NDArray> fresh = new StagedArchitecture(Vgg64.design(), BENCH.operators())
                .build(input, CLASSES, BENCH.parameters(2))
                .parameters()
                .all();
        for (String name : fresh.keySet()) {
            boolean trunk = name.startsWith("feature.");
            assertSame(
                    name,
                    trunk ? tensor(torchvision, name.replace("feature.", "features.")) : tensor(fresh, name),
                    started);
        }
    }

    /** torchvision's file by its names, in its shapes but for the two large linear layers, which nobody takes. */
    private static Map<String, NDArray> vgg16Bn() {
        Map<String, NDArray> tensors = new TreeMap<>();
        FormulaWeights.of("names-vgg16_bn.txt").entries().forEach((name, entry) -> {
            Shape shape = name.startsWith("classifier.") ? new Shape(1) : entry.shape();
            float[] values = FormulaWeights.values(entry.index(), name, shape);
            tensors.put(name, BENCH.manager().create(values, shape));
        });
        return tensors;
    }

    @Test
    void a_network_that_is_opened_from_its_own_weights_does_not_take_the_files() throws IOException {
        Headed architecture = architecture(write(published()));
        Map<String, NDArray> own = fresh(3, CLASSES);
        Path weights = write(own);
        Parameters parameters = BENCH.parameters(BENCH.weights(weights.toString()));
        architecture.build(INPUT, CLASSES, parameters);
        own.forEach((name, tensor) -> assertSame(name, tensor, parameters.all()));
    }

    @Test
    void a_tensor_that_the_file_misses_is_named() throws IOException {
        Map<String, NDArray> published = published();
        published.remove("features.conv0.weight");
        Path file = write(published);
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> start(file, CLASSES));
        assertTrue(refusal.problems().get(0).toString().contains("features.conv0.weight"), refusal::toString);
        assertTrue(refusal.problems().get(0).toString().contains(file.toString()), refusal::toString);
    }

    @Test
    void a_tensor_of_another_shape_is_refused_in_the_body() throws IOException {
        Map<String, NDArray> published = published();
        published.put("features.conv0.weight", tensor(published, HEAD));
        Path file = write(published);
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> start(file, CLASSES));
        assertTrue(refusal.problems().get(0).toString().contains("features.conv0.weight"), refusal::toString);
    }

    @Test
    void a_file_of_a_larger_network_is_refused() throws IOException {
        Map<String, NDArray> published = published();
        published.put("features.denseblock1.denselayer2.norm1.weight", tensor(published, HEAD));
        Path file = write(published);
        InvalidConfigurationException refusal =
                assertThrows(InvalidConfigurationException.class, () -> start(file, CLASSES));
        assertEquals(
                "the file holds 1 tensors that the network does not have, the first is"
                        + " 'features.denseblock1.denselayer2.norm1.weight'",
                refusal.problems().get(0).message());
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        assertThrows(InvalidConfigurationException.class, () -> architecture(folder.resolve("none.safetensors")));
    }

    private static Head other(int features, int classes, Parameters parameters) {
        return new LinearHead(
                Linear.of(Namespace.root(parameters, BENCH.operators()).in("other"), features, classes));
    }

    private static Map<String, NDArray> start(Path file, int classes) {
        return architecture(file)
                .build(INPUT, classes, BENCH.parameters(2))
                .parameters()
                .all();
    }

    private static Headed architecture(Path file) {
        PublishedSettings settings = new PublishedSettings(file.toString(), InputTransform.NONE);
        return (Headed) settings.architecture(THIN, BENCH);
    }

    private static Map<String, NDArray> published() {
        return new TreeMap<>(fresh(1, CLASSES));
    }

    private static Map<String, NDArray> fresh(long seed, int classes) {
        return new StagedArchitecture(THIN, BENCH.operators())
                .build(INPUT, classes, BENCH.parameters(seed))
                .parameters()
                .all();
    }

    private Path write(Map<String, NDArray> tensors) throws IOException {
        Path file = Files.createTempFile(folder, "weights", ".safetensors");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            TensorFile.write(channel, tensors, Map.of());
        }
        return file;
    }

    private static void assertSame(String name, NDArray expected, Map<String, NDArray> actual) {
        assertArrayEquals(expected.toFloatArray(), tensor(actual, name).toFloatArray(), name);
    }

    private static NDArray tensor(Map<String, NDArray> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }
}
