package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;

final class TorchFilesTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"small-state-dict.pth", "small-state-dict-legacy.pth"})
    void a_state_dict_is_read_bit_for_bit(String file) {
        NetworkWeights network = WeightFile.open(Samples.file(file)).network();

        assertEquals("", network.prefix());
        assertEqual(network.tensors(), "sd.");
    }

    @Test
    void a_checkpoint_gives_its_network_without_the_wrappers_prefixes() {
        WeightFile file = WeightFile.open(Samples.file("small-checkpoint.pth"));
        NetworkWeights network = file.network();

        assertEquals(Set.of("model_state_dict", "optimizer_state_dict"), file.parts());
        assertEquals("model_state_dict", network.part());
        assertEquals("model._orig_mod.", network.prefix());
        assertEqual(network.tensors(), "ckpt.model._orig_mod.");
        assertTrue(file.metadata().containsKey("epoch"), file.metadata().toString());
        assertTrue(file.tensors().containsKey("optimizer_state_dict.state.0.exp_avg"));
    }

    private static void assertEqual(Map<String, StoredTensor> read, String prefix) {
        TensorFile expected = Samples.expected("small-net.safetensors");
        Set<String> names = expected.names().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());

        assertEquals(names, read.keySet());
        read.forEach((name, tensor) -> {
            assertEquals(expected.shape(prefix + name), tensor.shape(), name);
            assertArrayEquals(Samples.raw(MANAGER, expected, prefix + name), Samples.raw(tensor.read()), name);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch-save-edge.pth", "torch-save-edge-legacy.pth"})
    void views_types_and_nesting_are_read_exactly(String file) {
        Map<String, StoredTensor> read = WeightFile.open(Samples.file(file)).tensors();
        TensorFile expected = Samples.expected("torch-save-edge.safetensors");

        assertEquals(expected.names().size(), read.size(), read.keySet().toString());
        for (String name : expected.names()) {
            StoredTensor tensor = Samples.tensor(read, name.equals("nested.k") ? "nested.2.k" : name);
            assertEquals(expected.shape(name), tensor.shape(), name);
            boolean widened = List.of("bf16", "i16", "i8", "half").contains(name);
            if (widened) {
                assertArrayEquals(expected.tensor(MANAGER, name).toFloatArray(), Samples.floats(tensor), name);
            } else {
                assertArrayEquals(Samples.raw(MANAGER, expected, name), Samples.raw(tensor.read()), name);
            }
        }
        assertEquals(ElementType.BF16, Samples.tensor(read, "bf16").type());
        assertEquals(ElementType.I8, Samples.tensor(read, "i8").type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "double", "bf16", "i64", "i32", "i16", "i8", "u8", "bool"})
    void a_network_gets_float32_whatever_the_file_holds(String name) {
        ParameterSource weights =
                WeightFile.open(Samples.file("torch-save-edge.pth")).parameters();
        NDArray expected = Samples.expected("torch-save-edge.safetensors").tensor(MANAGER, name);

        NDArray read = weights.tensor(MANAGER, name, expected.getShape(), Initial.constant(0));

        assertEquals(DataType.FLOAT32, read.getDataType());
        assertArrayEquals(expected.toType(DataType.FLOAT32, false).toFloatArray(), read.toFloatArray());
    }

    @Test
    void a_missing_or_misshapen_tensor_is_named_with_both_shapes() {
        ParameterSource weights =
                WeightFile.open(Samples.file("small-checkpoint.pth"), "w.pth").parameters();

        String missing =
                Samples.refusal(() -> weights.tensor(MANAGER, "head.weight", new Shape(3, 2), Initial.constant(0)));
        String misshapen = Samples.refusal(() -> weights.tensor(MANAGER, "fc.bias", new Shape(4), Initial.constant(0)));

        assertTrue(
                missing.startsWith("w.pth: ") && missing.contains("head.weight") && missing.contains("(3, 2)"),
                missing);
        assertTrue(misshapen.contains("fc.bias") && misshapen.contains("(10)") && misshapen.contains("(4)"), misshapen);
    }

    /** One bit of a weight, which neither the pickle nor the directory tells. */
    @Test
    void a_zip_file_whose_weights_have_another_check_sum_is_refused(@TempDir Path folder) {
        byte[] bytes = Samples.bytes("small-state-dict.pth");
        byte[] weight = Samples.raw(MANAGER, Samples.expected("small-net.safetensors"), "sd.fc.bias");
        int at = Collections.indexOfSubList(list(bytes), list(weight));
        bytes[at] ^= 1;

        String message = Samples.refusal(() -> WeightFile.open(Samples.write(folder, "damaged.pth", bytes)));

        assertTrue(message.contains("/data/") && message.contains("has the check sum"), message);
        assertTrue(message.contains("it is damaged"), message);
    }

    /** As {@code torch.serialization.set_crc32_options(False)} writes it. */
    @Test
    void a_zip_file_without_check_sums_is_read(@TempDir Path folder) {
        byte[] bytes = Samples.unchecked("small-state-dict.pth");

        assertEqual(
                WeightFile.open(Samples.write(folder, "unchecked.pth", bytes))
                        .network()
                        .tensors(),
                "sd.");
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte one : bytes) {
            list.add(one);
        }
        return list;
    }

    @Test
    void several_networks_in_one_file_are_a_choice_of_the_user(@TempDir Path folder) {
        byte[] one = {0, 0, 0, 0};
        Path file = Samples.write(
                folder,
                "gan.pt",
                PickleWriter.bytes(pickle -> pickle.protocol(2)
                        .raw("}(")
                        .text("generator")
                        .raw("}")
                        .text("w")
                        .tensor(one, 1)
                        .raw('s')
                        .text("critic")
                        .raw("}")
                        .text("module.w")
                        .tensor(one, 1)
                        .raw("s")
                        .raw("u.")));
        WeightFile opened = WeightFile.open(file);

        String message = Samples.refusal(opened::network);

        assertTrue(message.contains("'generator', 'critic'") && message.contains("--part"), message);
        assertEquals("module.", opened.network("critic").prefix());
        assertEquals(Set.of("w"), opened.network("critic").tensors().keySet());
    }
}
