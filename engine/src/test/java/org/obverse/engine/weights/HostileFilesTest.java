package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.engine.weights.PickleWriter.Instructions;

/** Files that were made to harm. Each is refused with the file's name, the place, and what was wrong. */
@Timeout(20)
final class HostileFilesTest {
    private static final List<String> REAL = List.of(
            "synthetic-network-32-proto2.pkl",
            "synthetic-network-32-proto3.pkl",
            "synthetic-network-16-cond.pkl",
            "small-state-dict.pth",
            "small-state-dict-legacy.pth",
            "small-checkpoint.pth",
            "checkpoints/timm.pth.tar",
            "checkpoints/numpy-array.pth");

    @TempDir
    private Path folder = Path.of("");

    static Stream<Instructions> calls() {
        return Stream.of(
                pickle -> pickle.protocol(2)
                        .global("os", "system")
                        .text("touch CRACKED")
                        .raw(0x85, 'R', '.'),
                pickle -> pickle.protocol(2)
                        .global("posix", "system")
                        .text("touch CRACKED")
                        .raw(0x85, 'R', '.'),
                pickle -> pickle.protocol(4)
                        .text("builtins")
                        .text("eval")
                        .raw(0x93)
                        .text("1")
                        .raw(0x85, 'R', '.'),
                pickle -> pickle.protocol(4)
                        .text("nt")
                        .text("system")
                        .raw(0x93)
                        .text("x")
                        .raw(0x85, 0x81, '.'),
                pickle -> pickle.protocol(2).raw("(").text("x").raw("ios\nsystem\n."),
                pickle -> pickle.protocol(2).raw("(cos\nsystem\n").text("x").raw("o."),
                pickle -> pickle.protocol(2).raw("cos\nsystem\n)R}b."),
                pickle -> pickle.protocol(4)
                        .raw(")")
                        .global("subprocess", "Popen")
                        .raw(")}")
                        .raw(0x92, '.'),
                pickle -> pickle.protocol(2)
                        .raw("}")
                        .text("w")
                        .global("builtins", "exec")
                        .raw("su."),
                pickle -> pickle.protocol(2).global("torch", "load").raw(")R."),
                pickle -> pickle.protocol(2)
                        .global("torch.nn.modules.linear", "Linear")
                        .raw(")")
                        .raw(0x81)
                        .raw("}b."));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_call_is_refused_by_name_in_every_format(Instructions call) {
        byte[] pickle = PickleWriter.bytes(call);
        Path network = Samples.write(folder, "network.pkl", pickle);
        Path zip = Samples.write(
                folder,
                "zip.pth",
                HostileArchivesTest.zip(Map.of("a/data.pkl", pickle, "a/version", HostileArchivesTest.ascii("3\n"))));
        Path legacy = Samples.write(folder, "legacy.pth", legacy(pickle));

        for (Path file : new Path[] {network, zip, legacy}) {
            String message = Samples.refusal(() -> WeightFile.open(file));

            assertTrue(message.startsWith(file + ": "), message);
            assertTrue(message.contains("at byte ") && message.contains("not allowed in weights"), message);
            assertTrue(message.matches("(?s).*'[\\w.]+\\.(system|eval|Popen|exec|load|Linear)'.*"), message);
        }
        assertFalse(Files.exists(Path.of("CRACKED")), "the call was made");
    }

    @Test
    void a_call_inside_a_storage_is_refused_too() {
        byte[] inner = legacy(PickleWriter.bytes(
                pickle -> pickle.protocol(2).global("os", "system").text("x").raw(0x85, 'R', '.')));
        Path file = Samples.write(
                folder,
                "network.pkl",
                PickleWriter.bytes(pickle -> pickle.protocol(3)
                        .global("torch.storage", "_load_from_bytes")
                        .raw('B')
                        .raw(PickleWriter.little(inner.length))
                        .raw(inner)
                        .raw(0x85, 'R', '.')));

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("os.system") && message.contains("the storage stored before byte"), message);
    }

    static Stream<Instructions> monsters() {
        return Stream.of(
                // A list, a dict and a module that contain themselves.
                pickle -> pickle.protocol(2).raw("]q\0h\0a."),
                pickle -> pickle.protocol(2).raw("}q\0").text("x").raw("h\0s."),
                pickle -> pickle.protocol(2)
                        .raw("}q\0")
                        .text("m")
                        .module(
                                "Generator",
                                state -> state.text("_parameters")
                                        .raw("h\0")
                                        .text("_buffers")
                                        .raw("}")
                                        .text("_modules")
                                        .raw("h\0"))
                        .raw("s."),
                // Each list holds the one before twice: 2^40 leaves.
                pickle -> {
                    pickle.protocol(2).raw("]q\0");
                    for (int i = 0; i < 40; i++) {
                        pickle.raw("](h\0h\0eq\0");
                    }
                    pickle.raw(".");
                },
                // A dictionary that is its own value half a million times over, and keys that double forty times.
                pickle -> {
                    pickle.protocol(2).raw("}q\0");
                    for (int i = 0; i < 300_000; i++) {
                        pickle.raw('J').raw(PickleWriter.little(i)).raw("h\0s");
                    }
                    pickle.raw(".");
                },
                pickle -> {
                    pickle.protocol(2).raw(")q\0");
                    for (int i = 0; i < 40; i++) {
                        pickle.raw("h\0h\0").raw(0x86).raw("q\0");
                    }
                    pickle.raw("}h\0Ns.");
                },
                // An object with a thousand million characters of arguments.
                pickle -> {
                    pickle.protocol(2)
                            .global("my", "Net")
                            .raw("(")
                            .text("x".repeat(4000))
                            .raw("q\0");
                    for (int i = 0; i < 250_000; i++) {
                        pickle.raw("h\0");
                    }
                    pickle.raw("tR.");
                },
                // Two thousand lists in one another.
                pickle -> pickle.protocol(2)
                        .raw("]".repeat(2000))
                        .raw("a".repeat(1999))
                        .raw("."),
                pickle -> pickle.protocol(2).raw("]".repeat(3_000_000)).raw("."),
                pickle -> pickle.protocol(2).raw("(".repeat(3_000_000)).raw("."),
                pickle -> pickle.protocol(2).raw("N").raw("2".repeat(6_000_000)).raw("."),
                pickle ->
                        pickle.protocol(2).raw("X").raw(0xff, 0xff, 0xff, 0xff).raw("abc"),
                pickle -> pickle.protocol(4).raw(0x8d).number64(Long.MAX_VALUE).raw("abc"),
                pickle -> pickle.protocol(4).raw(0x8d).number64(-1).raw("abc"),
                pickle -> pickle.protocol(4).raw(0x8e).number64(1L << 40).raw("abc"),
                pickle -> pickle.protocol(4).raw(0x95).number64(1L << 40).raw("N."),
                pickle -> pickle.protocol(2).raw(0x8b).raw(0xff, 0xff, 0xff, 0x7f),
                pickle -> pickle.protocol(2).raw("c").raw("a".repeat(100_000)),
                pickle -> pickle.protocol(2).raw("h\0."),
                pickle -> pickle.protocol(2).raw("t."),
                pickle -> pickle.protocol(2).raw("."),
                pickle -> pickle.protocol(2).raw("N"),
                pickle -> pickle.protocol(2).raw("I1\n."),
                pickle -> pickle.protocol(2).raw("N").text("k").raw("Ns."),
                pickle -> pickle.protocol(2).raw("}]Ns."),
                pickle -> pickle.protocol(2)
                        .raw("}")
                        .text("k")
                        .raw("Ns")
                        .text("k")
                        .raw("Ns."),
                pickle -> pickle.protocol(2).text("id").raw("Q."));
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void a_pickle_without_end_sense_or_bounds_is_refused(Instructions monster) {
        Path file = Samples.write(folder, "monster.pkl", PickleWriter.bytes(monster));

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.startsWith(file + ": "), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, '4', '1'",
        "0, '-1', '1'",
        "2, '1', '1'",
        "-1, '1', '1'",
        "0, '2 2', '-1 1'",
        "0, '2', '9223372036854775807'",
        "0, '3 3', '4611686018427387904 4611686018427387904'",
        "0, '9223372036854775807', '0'",
        "0, '4294967296 4294967296', '0 0'",
        "0, '1099511627776', '0'",
        "0, '268435456', '0'",
        "9223372036854775807, '2', '9223372036854775807'",
        "0, '1', '1 1'"
    })
    void a_tensor_that_is_not_in_its_storage_of_two_is_refused(String offset, String sizes, String strides) {
        Path file = Samples.write(
                folder,
                "view.pkl",
                PickleWriter.bytes(pickle -> pickle.protocol(3)
                        .raw("}")
                        .text("w")
                        .tensor(new byte[8], Long.parseLong(offset), numbers(sizes), numbers(strides))
                        .raw("s.")));

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("view.pkl: at byte ") && message.contains("a tensor "), message);
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    @Test
    void a_million_views_of_one_storage_are_refused_before_they_are_made() {
        byte[] storage = new byte[1 << 20];
        byte[] pickle = PickleWriter.bytes(out -> {
            out.protocol(2)
                    .raw("}(")
                    .text("w")
                    .tensor(storage, storage.length / 4)
                    .raw("q\0");
            for (int i = 0; i < 1000; i++) {
                out.text("w" + i).raw("h\0");
            }
            out.raw("u.");
        });
        Path file = Samples.write(folder, "views.pkl", pickle);

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("describes tensors of more than"), message);
    }

    @Test
    void a_module_stored_by_an_unknown_version_is_refused() {
        byte[] pickle = PickleWriter.bytes(out -> out.protocol(2)
                .global("torch_utils.persistence", "_reconstruct_persistent_obj")
                .raw("}(")
                .text("type")
                .text("class")
                .text("version")
                .number(7)
                .text("class_name")
                .text("Generator")
                .text("state")
                .raw("}u")
                .raw(0x85, 'R', '.'));
        Path file = Samples.write(folder, "future.pkl", pickle);

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("another version of torch_utils.persistence than 6"), message);
    }

    /** A file of torch's old format whose object is this pickle. */
    static byte[] legacy(byte[] object) {
        return PickleWriter.bytes(pickle -> pickle.raw(Arrays.copyOf(Samples.bytes("small-state-dict-legacy.pth"), 15))
                .protocol(2)
                .raw('M', 0xe9, 0x03, '.')
                .protocol(2)
                .raw("}")
                .text("little_endian")
                .raw(0x88, 's', '.')
                .raw(object)
                .protocol(2)
                .raw("]."));
    }

    /** Every allowed name in a real file, replaced by one that is not allowed. */
    @Test
    void no_name_of_a_real_file_can_be_exchanged_for_a_call() {
        for (String name : REAL) {
            String text = new String(Samples.unchecked(name), StandardCharsets.ISO_8859_1);
            for (String allowed : List.of(
                    "collections\nOrderedDict\n", "torch._utils\n_rebuild_tensor_v2\n", "torch\nFloatStorage\n")) {
                int at = text.indexOf(allowed);
                String hostile = "posix\nsystem" + "_".repeat(allowed.length() - 13) + "\n";
                if (at >= 0) {
                    String changed = text.substring(0, at) + hostile + text.substring(at + allowed.length());
                    Path file = Samples.write(folder, "changed", changed.getBytes(StandardCharsets.ISO_8859_1));

                    String message = Samples.refusal(() -> WeightFile.open(file));

                    assertTrue(message.contains("posix.system"), message);
                }
            }
        }
    }
}
