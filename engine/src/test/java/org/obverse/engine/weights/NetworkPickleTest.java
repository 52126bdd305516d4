package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;

final class NetworkPickleTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "synthetic-network-32-proto2.pkl, synthetic-network-32-expected.safetensors",
        "synthetic-network-32-proto3.pkl, synthetic-network-32-expected.safetensors",
        "synthetic-network-32-proto4.pkl, synthetic-network-32-expected.safetensors",
        "synthetic-network-16-cond.pkl, synthetic-network-16-cond-expected.safetensors"
    })
    void every_tensor_of_both_networks_is_read_bit_for_bit(String pickle, String expected) {
        Map<String, StoredTensor> read = WeightFile.open(Samples.file(pickle)).tensors();
        TensorFile official = Samples.expected(expected);
        Set<String> names = official.names().stream()
                .filter(name -> name.startsWith("G_ema.") || name.startsWith("D."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(names.size() > 100, names.toString());
        assertEquals(
                names,
                read.keySet().stream()
                        .filter(name -> name.startsWith("G_ema.") || name.startsWith("D."))
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (String name : names) {
            StoredTensor tensor = Samples.tensor(read, name);
            assertEquals(official.shape(name), tensor.shape(), name);
            assertArrayEquals(Samples.raw(MANAGER, official, name), Samples.raw(tensor.read()), name);
        }
    }

    @Test
    void the_averaged_generator_has_plain_names_and_its_discriminator_can_be_asked_for() {
        ParameterSource weights =
                WeightFile.open(Samples.file("synthetic-network-16-cond.pkl")).parameters();
        TensorFile official = Samples.expected("synthetic-network-16-cond-expected.safetensors");

        assertTrue(
                weights.names().contains("mapping.embed.weight"),
                weights.names().toString());
        assertTrue(weights.names().stream().noneMatch(name -> name.startsWith("D.")), "D. is no leftover");
        for (String name : List.of("G_ema.mapping.fc0.weight", "D.b4.out.bias")) {
            Shape shape = official.shape(name);
            NDArray read = weights.tensor(MANAGER, name.replace("G_ema.", ""), shape, Initial.constant(0));
            assertArrayEquals(official.tensor(MANAGER, name).toFloatArray(), read.toFloatArray(), name);
        }
    }

    @Test
    void what_the_networks_were_made_with_is_told() {
        WeightFile file = WeightFile.open(Samples.file("synthetic-network-16-cond.pkl"));

        assertEquals(WeightFormat.NETWORK_PICKLE, file.format());
        assertEquals(WeightFile.Persistence.PRESENT, file.persistence());
        assertEquals("12", file.metadata().get("G_ema.z_dim"));
        assertEquals("5", file.metadata().get("G_ema.c_dim"));
        assertEquals("16", file.metadata().get("G_ema.img_resolution"));
        assertEquals("2", file.metadata().get("G_ema.mapping_kwargs.num_layers"));
        assertEquals("128", file.metadata().get("G_ema.synthesis_kwargs.channel_base"));
        assertEquals("0", file.metadata().get("G_ema.synthesis_kwargs.num_fp16_res"));
        assertEquals("Generator", file.metadata().get("G_ema.class"));
        assertEquals(
                "StyleGAN2-ADA generator, 16×16, 5 conditions",
                Architecture.of(file.network().tensors()));
    }

    @Test
    void a_configuration_that_does_not_fit_is_told_which_one_does() {
        ParameterSource weights = WeightFile.open(Samples.file("synthetic-network-16-cond.pkl"), "face.pkl")
                .parameters();

        String message =
                Samples.refusal(() -> weights.tensor(MANAGER, "mapping.w_avg", new Shape(512), Initial.constant(0)));

        assertTrue(message.contains("face.pkl: tensor 'mapping.w_avg' has shape (20)"), message);
        assertTrue(
                message.contains("resolution: 16, latent-size: 12, style-size: 20, conditions: 5, mapping-layers: 2,"
                        + " channel-base: 128, channel-max: 16, conv-clamp: 0"),
                message);
    }
}
