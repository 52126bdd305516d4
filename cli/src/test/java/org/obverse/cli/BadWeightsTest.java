package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

/** Weights that came to harm or mean harm, as the user meets them: inspect, import, and run with them. */
final class BadWeightsTest {
    private static final String PICKLE = "synthetic-network-32-proto4.pkl";
    private static final String ZIP = "small-state-dict.pth";
    private static final String LEGACY = "small-state-dict-legacy.pth";
    private static final String NPZ = "arrays.npz";
    private static final String SAFETENSORS = "whole.safetensors";
    private static final String PROGRAM = "program.pt";

    private static final String CALL = "\u0080\u0002cos\nsystem\nX\u0001\0\0\0x\u0085R.";
    /** Five elements in a storage of two, as {@code torch.save} would describe them. */
    private static final String OUTSIDE = "\u0080\u0002}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n"
            + "((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\0" + "0X\u0003\0\0\0cpuK\u0002tQ"
            + "K\0K\u0005\u0085K\u0001\u0085\u0089ccollections\nOrderedDict\n)RtRs.";

    private static final String COMPLEX = OUTSIDE.replace("Float", "ComplexFloat");

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> bad() throws IOException {
        byte[] pickle = bytes(PICKLE);
        pickle[1] = 9;
        return Stream.of(
                Arguments.of(
                        "cut.pkl", half(PICKLE), "at byte 142381: claims a frame of 65592 bytes, and 21166 are left"),
                Arguments.of(
                        "cut-zip.pth", half(ZIP), "begins as a zip file and has no zip directory: it is truncated"),
                Arguments.of("cut-legacy.pth", half(LEGACY), "at byte 3735: claims 10368 bytes, and 4568 are left"),
                Arguments.of("cut.npz", half(NPZ), "begins as a zip file and has no zip directory: it is truncated"),
                Arguments.of("cut.safetensors", half(SAFETENSORS), "claims a header of 54 bytes: it is truncated"),
                Arguments.of("cut.pt", half(PROGRAM), "begins as a zip file and has no zip directory: it is truncated"),
                Arguments.of("renamed-program.pth", bytes(PROGRAM), "is a TorchScript program, not a weights file"),
                Arguments.of("renamed-picture.pkl", latin1("\u0089PNG\r\n"), "is a PNG picture"),
                Arguments.of("version.pkl", pickle, "at byte 1: is a pickle of protocol 9, and 2 to 5 are read"),
                Arguments.of(
                        "version-zip.pth",
                        zip("data.pkl", CALL, "version", "99\n"),
                        "is of version '99' of torch's zip"),
                Arguments.of(
                        "version-legacy.pth", legacy(1002, CALL), "at byte 21: is of another version of torch's old"),
                Arguments.of(
                        "version.npz",
                        zip("a.npy", "\u0093NUMPY\u0009" + "\0".repeat(8)),
                        "in a.npy: is of version 9 of"),
                Arguments.of("call.pkl", latin1(CALL), "at byte 2: names 'os.system', which is not allowed"),
                Arguments.of(
                        "call-zip.pth", torch(CALL), "in data.pkl: at byte 2: names 'os.system', which is not allowed"),
                Arguments.of(
                        "call-legacy.pth", legacy(1001, CALL), "at byte 47: names 'os.system', which is not allowed"),
                Arguments.of("objects.npz", zip("a.npy", array("|O", 0)), "in a.npy: has elements of type 'O'"),
                Arguments.of("bomb-zip.pth", torch("\0".repeat(80 << 20)), "in data.pkl: unpacks to 83886080 bytes"),
                Arguments.of("bomb.npz", zip("a.npy", "\0".repeat((256 << 20) + 1)), "'a.npy' claims"),
                Arguments.of(
                        "outside-zip.pth", torch(OUTSIDE), "at byte 131: a tensor of shape [5], offset 0 and strides"),
                Arguments.of(
                        "outside-legacy.pth", legacy(1001, OUTSIDE), "at byte 176: a tensor of shape [5], offset 0"),
                Arguments.of("outside.safetensors", safetensors(5, 20), "tensor 'w' ends at byte 83 of 71"),
                Arguments.of("complex.npz", zip("a.npy", array("<c8", 8)), "in a.npy: has elements of type 'c8'"),
                Arguments.of("complex-zip.pth", torch(COMPLEX), "at byte 56: names 'torch.ComplexFloatStorage'"),
                Arguments.of(
                        "complex-legacy.pth", legacy(1001, COMPLEX), "at byte 101: names 'torch.ComplexFloatStorage'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void a_bad_file_is_refused_by_name_place_and_reason_wherever_it_is_given(
            String name, byte[] contents, String reason) throws IOException {
        Path file = Files.write(folder.resolve(name), contents);
        Path imported = folder.resolve("imported.safetensors");
        Path runs = folder.resolve("runs");
        Path loaded = Invocation.withLoadedTarget(folder);
        Path plan = Invocation.tinyPlan(folder);

        for (Invocation refused : new Invocation[] {
            Invocation.of("inspect", file),
            Invocation.of("import", file, "--to", imported),
            Invocation.of("run", loaded, "--runs", runs, "-o", "target.weights=" + name),
            Invocation.of("run", plan, "--runs", runs, "-o", "generator.weights=" + name)
        }) {
            assertEquals(2, refused.code(), refused.err());
            assertTrue(refused.err().contains(name + ": ") && refused.err().contains(reason), refused.err());
        }
        assertFalse(Files.exists(imported));
        assertFalse(Files.exists(runs));
    }

    @ParameterizedTest
    @CsvSource({
        PICKLE + ", network.safetensors",
        ZIP + ", state.npz",
        LEGACY + ", state.pkl",
        NPZ + ", arrays.pth",
        SAFETENSORS + ", weights.pt"
    })
    void a_renamed_file_is_read_by_its_contents(String name, String other) throws IOException {
        Path original = Files.write(folder.resolve(name), bytes(name));
        Path renamed = Files.write(folder.resolve(other), bytes(name));

        Invocation shown = Invocation.of("inspect", renamed);
        Invocation imported = Invocation.of("import", renamed, "--to", folder.resolve("a"));

        assertEquals(0, shown.code(), shown.err());
        assertEquals(0, imported.code(), imported.err());
        assertEquals(
                0,
                Invocation.of("import", original, "--to", folder.resolve("b")).code());
        assertArrayEquals(Files.readAllBytes(folder.resolve("b")), Files.readAllBytes(folder.resolve("a")));
    }

    private static byte[] half(String name) throws IOException {
        byte[] whole = bytes(name);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static byte[] bytes(String name) throws IOException {
        if (name.equals(SAFETENSORS)) {
            return safetensors(2, 8);
        }
        if (name.equals(PROGRAM)) {
            Path file = Files.createTempFile("program", ".pt");
            try {
                new ScriptedClassifier(new float[4 * ScriptedClassifier.FEATURES], new float[4])
                        .write(file, Result.LOGITS);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        }
        try (InputStream in = BadWeightsTest.class.getResourceAsStream("/weights/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }

    /** A file of 8 bytes of tensors, whose only one claims these. */
    private static byte[] safetensors(int elements, int length) {
        String header =
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}".formatted(elements, length);
        return latin1((char) header.length() + "\0\0\0\0\0\0\0" + header + "\0".repeat(8));
    }

    private static String array(String type, int length) {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }".formatted(type);
        return "\u0093NUMPY\u0001\0" + (char) header.length() + "\0" + header + "\0".repeat(length);
    }

    /** As torch before 1.6 stored an object that has one storage of two elements. */
    private static byte[] legacy(int version, String object) {
        return latin1("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M" + (char) (version % 256)
                + (char) (version / 256) + ".\u0080\u0002}X\r\0\0\0little_endian\u0088s." + object
                + "\u0080\u0002]X\u0001\0\0\0" + "0a.\u0002\0\0\0\0\0\0\0" + "\0".repeat(8));
    }

    /** As torch since 1.6 stores it. */
    private static byte[] torch(String object) throws IOException {
        return zip("data.pkl", object, "data/0", "\0".repeat(8), "version", "3\n");
    }

    /** Names and contents in turn, packed. */
    private static byte[] zip(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < members.length; i += 2) {
                zip.putNextEntry(new ZipEntry(members[i]));
                zip.write(latin1(members[i + 1]));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
