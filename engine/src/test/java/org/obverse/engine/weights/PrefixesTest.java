package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.engine.torch.TorchRuntime;

/** Networks whose names have something in front, as a network under construction asks for them. */
final class PrefixesTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    /** What a network is told that asks for a scalar that the file lacks. */
    static String missing(WeightFile file, String name) {
        return Samples.refusal(() -> ask(file.parameters(), name, 1));
    }

    private static NDArray ask(ParameterSource source, String name, long... shape) {
        return source.tensor(MANAGER, name, new Shape(shape), Initial.constant(0));
    }

    @ParameterizedTest
    @CsvSource({
        "averaged-model.pth, module.",
        "backbone.pth, backbone.",
        "model-and-criterion.pth, model.",
        "net.pth, net."
    })
    void the_prefix_under_which_a_network_finds_its_names_is_found(String file, String prefix) {
        WeightFile opened = WeightFile.open(Samples.file("checkpoints/" + file));
        ParameterSource source = opened.parameters();

        NDArray bias = ask(source, "fc.bias", 4);

        assertArrayEquals(Samples.floats(Samples.tensor(opened.tensors(), prefix + "fc.bias")), bias.toFloatArray());
        assertEquals(7, source.names().size(), source.names().toString());
        assertEquals(4 * 3 * 9, ask(source, "conv1.weight", 4, 3, 3, 3).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"net", "net."})
    void a_prefix_can_be_said(String prefix) {
        NetworkWeights network =
                WeightFile.open(Samples.file("checkpoints/net.pth")).network("", prefix);

        assertEquals("net.", network.prefix());
        assertTrue(network.tensors().containsKey("conv1.weight"));
    }

    @Test
    void a_prefix_that_is_not_there_is_refused_with_those_that_are() {
        WeightFile opened = WeightFile.open(Samples.file("checkpoints/model-and-criterion.pth"));

        String message = Samples.refusal(() -> opened.network("", "backbone"));

        assertTrue(message.contains("names begin with 'criterion.' (1), 'model.' (7)"), message);
    }

    @Test
    void two_prefixes_that_fit_are_named_and_one_that_fits_better_is_taken() {
        Map<String, StoredTensor> twins = new LinkedHashMap<>();
        for (String prefix : List.of("student.", "teacher.")) {
            twins.put(prefix + "conv1.weight", tensor(2, 3));
            twins.put(prefix + "fc.weight", tensor(4, 2));
        }
        ParameterSource both = write(twins).parameters();
        twins.put("teacher.conv1.weight", tensor(5, 3));
        twins.put("student.fc.bias", tensor(4));
        ParameterSource one = write(twins).parameters();

        String message = Samples.refusal(() -> ask(both, "conv1.weight", 2, 3));

        assertTrue(message.contains("under several prefixes: 'student.', 'teacher.'"), message);
        assertTrue(message.contains("--prefix"), message);
        ask(one, "conv1.weight", 2, 3).close();
        assertEquals(Set.of("conv1.weight", "fc.weight", "fc.bias"), one.names());
    }

    @Test
    void a_piece_of_another_network_is_not_taken_for_the_network() {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            tensors.put("block" + i + ".conv.weight", tensor(2, 3));
        }
        tensors.put("head.weight", tensor(4, 2));
        tensors.put("head.bias", tensor(4));
        ParameterSource source = write(tensors).parameters();

        String message = Samples.refusal(() -> ask(source, "weight", 4, 2));

        assertTrue(message.contains("only under 'head.', which are 2 of its 7 tensors"), message);
    }

    @Test
    void names_of_published_files_are_understood_behind_a_prefix() {
        ParameterSource source = write(Map.of("net.norm.1.weight", tensor(2, 3), "net.norm.2.weight", tensor(2, 3)))
                .parameters()
                .renamed(name -> name.replaceFirst("^norm\\.(\\d)", "norm$1"));

        ask(source, "norm1.weight", 2, 3).close();

        assertEquals(Set.of("norm1.weight", "norm2.weight"), source.names());
    }

    @Test
    void a_name_that_is_nowhere_is_missed_with_how_names_begin() {
        String message = missing(WeightFile.open(Samples.file("checkpoints/model-and-criterion.pth")), "layer1.weight");

        assertTrue(message.contains("miss tensor 'layer1.weight'"), message);
        assertTrue(message.contains("begin with 'criterion.' (1), 'model.' (7)"), message);
    }

    @Test
    void a_published_architecture_is_found_behind_its_prefix_and_two_are_named() {
        Map<String, StoredTensor> wrapped = new LinkedHashMap<>();
        ArchitectureTest.listed("resnet18").forEach((name, tensor) -> wrapped.put("net.backbone." + name, tensor));
        wrapped.put("criterion.weight", tensor(4));
        Map<String, StoredTensor> two = new LinkedHashMap<>(wrapped);
        ArchitectureTest.listed("resnet34").forEach((name, tensor) -> two.put("net.teacher." + name, tensor));

        assertEquals(List.of("net.backbone."), Prefixes.ofArchitectures(wrapped));
        assertEquals(List.of("net.backbone.", "net.teacher."), Prefixes.ofArchitectures(two));
        assertEquals(List.of(""), Prefixes.ofArchitectures(ArchitectureTest.listed("resnet18")));
    }

    @Test
    void a_head_of_another_width_is_explained_by_classes() {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        tensors.put("hidden.weight", tensor(8, 3));
        tensors.put("fc.weight", tensor(10, 8));
        tensors.put("fc.bias", tensor(10));
        ParameterSource source = write(tensors).parameters();

        String head = Samples.refusal(() -> ask(source, "fc.weight", 4, 8));
        String hidden = Samples.refusal(() -> ask(source, "hidden.weight", 9, 3));

        assertTrue(head.contains("tells 10 classes apart") && head.contains("and 4 are asked for"), head);
        assertTrue(head.contains("pretrained") && head.contains("classes: 10"), head);
        assertTrue(hidden.contains("tensor 'hidden.weight' has shape (8, 3)"), hidden);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, infinite numbers", "-Infinity, infinite numbers"})
    void weights_that_are_no_finite_numbers_are_refused_by_the_tensors_name(float value, String said) {
        ByteBuffer bytes =
                ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, value);
        StoredTensor broken =
                StoredTensor.dense(ElementType.F32, new ByteSource.Memory(bytes), new long[] {3}, StoredTensor.Order.C);
        ParameterSource source =
                write(Map.of("bn1.weight", broken, "fc.bias", tensor(3))).parameters();

        assertTrue(Samples.refusal(() -> ask(source, "bn1.weight", 3)).contains("tensor 'bn1.weight' holds " + said));
        assertEquals(3, ask(source, "fc.bias", 3).size());
    }

    private WeightFile write(Map<String, StoredTensor> tensors) {
        Path file = folder.resolve(tensors.hashCode() + "-" + tensors.size() + ".safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return WeightFile.open(file);
    }

    private static StoredTensor tensor(long... shape) {
        int bytes = (int) (new Shape(shape).size() * 4);
        return StoredTensor.dense(
                ElementType.F32, new ByteSource.Memory(ByteBuffer.allocate(bytes)), shape, StoredTensor.Order.C);
    }
}
