package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
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
