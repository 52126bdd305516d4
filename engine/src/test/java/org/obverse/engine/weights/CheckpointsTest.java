package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.engine.weights.PickleWriter.Instructions;

/** Checkpoints: a network beside what its training also stored. */
final class CheckpointsTest {
    private static final Set<String> NETWORK = Set.of(
            "conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "fc.weight", "fc.bias");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "defaultdict.pth | state_dict | extra.loss.0 | 1.0",
                "device.pth | state_dict | extra | torch.device(cuda, 0)",
                "dtype.pth | state_dict | extra | torch.float16",
                "numpy-array.pth | state_dict | extra | numpy.ndarray",
                "path.pth | state_dict | extra | pathlib.PosixPath(/, x)",
                "range.pth | state_dict | extra | __builtin__.xrange(0, 3, 1)",
                "torchvision-reference.pth | model | args.lr | 0.1",
                "rng-state.pth | model | epoch | 3",
                "lightning.ckpt | state_dict | epoch | 3",
                "class-weights.pth | state_dict | - | -",
            })
    void the_network_of_a_checkpoint_is_found_and_what_is_beside_it_is_told(
            String file, String part, String key, String value) {
        WeightFile opened = WeightFile.open(Samples.file("checkpoints/" + file));
        NetworkWeights network = opened.network();

        assertEquals(part, network.part());
        assertEquals(NETWORK, network.tensors().keySet());
        if (key != null) {
            assertEquals(value, opened.metadata().get(key), opened.metadata().toString());
        }
    }

    @Test
    void two_state_dicts_are_a_choice_and_either_can_be_had() {
        WeightFile opened = WeightFile.open(Samples.file("checkpoints/timm.pth.tar"));

        assertTrue(Samples.refusal(opened::network).contains("several networks: 'state_dict', 'state_dict_ema'"));
        assertEquals(NETWORK, opened.network("state_dict").tensors().keySet());
        assertEquals(NETWORK, opened.network("state_dict_ema").tensors().keySet());
        assertEquals(Map.of("args", "argparse.Namespace"), opened.objects());
        assertEquals("0.1", opened.metadata().get("args.lr"));
    }

    @Test
    void a_file_without_a_network_is_called_that() {
        WeightFile opened = WeightFile.open(Samples.file("checkpoints/optimizer-only.pth"));

        String message = Samples.refusal(opened::network);

        assertTrue(message.contains("holds no network: its tensors are those of 'optimizer'"), message);
    }

    /** Written as pickles of protocol 2 or 4 do, under the key {@code x}. */
    static Stream<Arguments> beside() {
        return Stream.of(
                value(
                        "my.tools.Config",
                        p -> p.global("my.tools", "Config")
                                .raw(")")
                                .raw(0x81)
                                .raw("}")
                                .text("lr")
                                .number(3)
                                .raw("sb")),
                value(
                        "my.tools.config",
                        p -> p.global("my.tools", "config").raw(")").raw(0x81).raw("}b")),
                value(
                        "my.tools.Mode(train)",
                        p -> p.global("my.tools", "Mode").text("train").raw(0x85, 'R')),
                value(
                        "my.Point(1, 2)",
                        p -> p.global("my", "Point").number(1).number(2).raw(0x86, 0x81)),
                value(
                        "my.Slots",
                        p -> p.global("my", "Slots")
                                .raw(")")
                                .raw(0x81)
                                .raw("N}")
                                .text("a")
                                .raw("Ns")
                                .raw(0x86)
                                .raw("b")),
                value(
                        "my.Box",
                        p -> p.global("my", "Box")
                                .raw(")")
                                .raw(0x81)
                                .text("k")
                                .raw("Ns")
                                .number(1)
                                .raw("a")),
                value(
                        "my.Box",
                        p -> p.protocol4("my", "Box")
                                .raw(")")
                                .raw("}")
                                .text("k")
                                .raw("Ns")
                                .raw(0x92)),
                value(
                        "my.Old(none)",
                        p -> p.global("copy_reg", "_reconstructor")
                                .global("my", "Old")
                                .raw("N")
                                .raw(0x86, 'R', '}', 'b')),
                value(
                        "torch.nn.modules.loss.CrossEntropyLoss",
                        p -> p.global("torch.nn.modules.loss", "CrossEntropyLoss")
                                .raw(")")
                                .raw(0x81)
                                .raw("}b")),
                value("torch.nn.functional.relu", p -> p.global("torch.nn.functional", "relu")),
                value(
                        "datetime.datetime",
                        p -> p.global("datetime", "datetime").raw("C\u0001x").raw(0x85, 'R')),
                value(
                        "types.SimpleNamespace",
                        p -> p.global("types", "SimpleNamespace").raw(")R}b")),
                value(
                        "builtins.complex(1, 2)",
                        p -> p.global("builtins", "complex").number(1).number(2).raw(0x86, 'R')),
                value(
                        "numpy.core.multiarray.scalar(numpy.dtype)",
                        p -> p.global("numpy.core.multiarray", "scalar")
                                .global("numpy", "dtype")
                                .text("U5")
                                .raw(0x89, 0x88, 0x87, 'R')
                                .raw("C\u0001x")
                                .raw(0x86, 'R')),
                value(
                        "7",
                        p -> p.global("collections", "Counter")
                                .raw("}")
                                .text("k")
                                .number(7)
                                .raw('s', 0x85, 'R')),
                value(
                        "7",
                        p -> p.global("collections", "deque")
                                .raw("]")
                                .raw(0x85, 'R')
                                .number(7)
                                .raw("a")),
                value(
                        "7",
                        p -> p.raw("}").number(1).number(2).raw(0x86).number(7).raw("s")),
                value(
                        "7",
                        p -> p.raw("}")
                                .raw('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
                                .number(7)
                                .raw("s")),
                value(
                        "7",
                        p -> p.raw("}")
                                .global("my", "Mode")
                                .text("train")
                                .raw(0x85, 'R')
                                .number(7)
                                .raw("s")));
    }

    private static Arguments value(String told, Instructions written) {
        return Arguments.of(told, written);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("beside")
    void harmless_values_beside_a_network_are_what_was_stored_of_them(String told, Instructions value) {
        Path file = write(pickle -> {
            pickle.text("x");
            value.write(pickle);
        });

        WeightFile opened = WeightFile.open(file);

        assertEquals(Set.of("a.w"), opened.network().tensors().keySet());
        assertTrue(
                opened.metadata().entrySet().stream()
                        .anyMatch(said ->
                                said.getKey().startsWith("x") && said.getValue().equals(told)),
                opened.metadata().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "builtins, eval",
        "builtins, getattr",
        "torch, load",
        "torch.hub, load",
        "numpy, load",
        "runpy, _run_code",
        "subprocess, Popen",
        "types, CodeType",
        "operator, attrgetter",
        "my.tools, make",
        "my.tools, Config.load"
    })
    void a_call_beside_a_network_is_refused_by_name(String module, String name) {
        Path file =
                write(pickle -> pickle.text("x").global(module, name).text("y").raw(0x85, 'R'));

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("names '" + module + "." + name + "', which is not allowed in weights"), message);
    }

    @Test
    void an_object_in_the_place_of_a_tensor_is_refused_when_the_tensor_is_wanted() {
        Path file = Samples.write(
                folder,
                "quantized.pth",
                PickleWriter.bytes(pickle -> pickle.protocol(2)
                        .raw("}")
                        .text("a.w")
                        .tensor(new byte[4], 1)
                        .raw("s")
                        .text("b.w")
                        .global("torch._utils", "_rebuild_qtensor")
                        .raw(")Rs.")));
        WeightFile opened = WeightFile.open(file);

        assertEquals(Map.of("b.w", "torch._utils._rebuild_qtensor"), opened.objects());
        String message = PrefixesTest.missing(opened, "b.w");
        assertTrue(message.contains("stored as an object of 'torch._utils._rebuild_qtensor'"), message);
    }

    @Test
    void a_whole_model_as_a_python_object_is_refused_by_its_class() {
        Path file = Samples.write(
                folder,
                "model.pth",
                PickleWriter.bytes(pickle -> pickle.protocol(2)
                        .global("my.models", "Net")
                        .raw(")")
                        .raw(0x81)
                        .raw("}")
                        .text("weight")
                        .tensor(new byte[4], 1)
                        .raw("sb.")));

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("names 'my.models.Net'"), message);
    }

    @Test
    void a_checkpoint_inside_a_checkpoint_and_one_in_a_list_are_looked_into() {
        Path inner = Samples.write(
                folder,
                "inner.pth",
                PickleWriter.bytes(pickle -> pickle.protocol(2)
                        .raw("}")
                        .text("checkpoint")
                        .raw("}(")
                        .text("net")
                        .raw("}")
                        .text("a.w")
                        .tensor(new byte[8], 2, 1)
                        .raw("s")
                        .text("opt")
                        .raw("}(")
                        .text("state")
                        .raw("}")
                        .number(0)
                        .tensor(new byte[8], 2, 1)
                        .raw("s")
                        .text("param_groups")
                        .raw("]us")
                        .raw("us.")));
        Path list = Samples.write(
                folder,
                "list.pth",
                PickleWriter.bytes(pickle -> pickle.protocol(2)
                        .raw("}")
                        .text("a.w")
                        .tensor(new byte[4], 1)
                        .raw("s")
                        .raw("}(")
                        .text("state")
                        .raw("}")
                        .number(0)
                        .tensor(new byte[4], 1)
                        .raw("s")
                        .text("param_groups")
                        .raw("]u")
                        .raw(0x86, '.')));

        assertEquals("checkpoint.net", WeightFile.open(inner).network().part());
        assertEquals("0", WeightFile.open(list).network().part());
    }

    /** A checkpoint of one tensor, {@code a.w}, and another entry. */
    private Path write(Instructions other) {
        return Samples.write(folder, "checkpoint.pth", PickleWriter.bytes(pickle -> {
            pickle.protocol(2)
                    .raw("}(")
                    .text("state_dict")
                    .raw("}")
                    .text("a.w")
                    .tensor(new byte[4], 1)
                    .raw("s");
            other.write(pickle);
            pickle.raw("u.");
        }));
    }
}
