package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that came to harm. */
final class BadFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synthetic-network-32-proto2.pkl",
                "synthetic-network-32-proto3.pkl",
                "synthetic-network-32-proto4.pkl",
                "small-state-dict.pth",
                "small-state-dict-legacy.pth",
                "small-net.safetensors",
                "arrays.npz",
                "arrays-compressed.npz"
            })
    void a_truncated_file_is_refused_wherever_it_ends(String name) {
        byte[] whole = Samples.bytes(name);
        for (int part = 0; part < 40; part++) {
            int length = (int) (part / 40.0 * whole.length);
            Path file = Samples.write(folder, name, Samples.cut(whole, length));

            String message = Samples.refusal(() -> Samples.readAll(file));

            assertTrue(message.startsWith(file + ": "), message);
        }
        Path file = Samples.write(folder, name, Samples.cut(whole, whole.length - 1));
        assertTrue(Samples.refusal(() -> Samples.readAll(file)).startsWith(file + ": "));
    }

    @ParameterizedTest
    @CsvSource({
        "synthetic-network-16-cond.pkl, NETWORK_PICKLE",
        "small-checkpoint.pth, TORCH_ZIP",
        "small-state-dict-legacy.pth, TORCH_LEGACY",
        "small-net.safetensors, SAFETENSORS",
        "arrays.npz, NPZ"
    })
    void the_contents_tell_the_format_and_not_the_name(String name, WeightFormat format) {
        Path file = Samples.write(folder, "renamed.jpg", Samples.bytes(name));

        assertEquals(format, WeightFile.open(file).format());
    }

    @Test
    void what_was_renamed_to_weights_is_called_by_its_name() {
        Map<String, String> strangers = Map.of(
                "<!DOCTYPE html><html>", "is a web page",
                "version https://git-lfs.github.com/spec/v1", "is a pointer of Git LFS",
                "\u0089PNG\r\n", "is a PNG picture",
                "\u0093NUMPY", "is a single NumPy array",
                "hello", "is of no known format: it has 5 bytes and begins with 'hello'");
        strangers.forEach((contents, expected) -> {
            Path file = Samples.write(folder, "weights.pkl", contents.getBytes(StandardCharsets.ISO_8859_1));

            String message = Samples.refusal(() -> WeightFile.open(file));

            assertTrue(message.startsWith(file + ": " + expected), message);
            assertTrue(message.contains("give a StyleGAN2-ADA network pickle"), message);
        });
    }

    @Test
    void an_empty_file_and_a_missing_file_are_refused() {
        Path empty = Samples.write(folder, "empty.pth", new byte[0]);

        assertTrue(Samples.refusal(() -> WeightFile.open(empty)).contains("has 0 bytes"));
        assertTrue(Samples.refusal(() -> WeightFile.open(folder.resolve("none.pth")))
                .contains("there is no such file"));
        assertTrue(Samples.refusal(() -> WeightFile.open(folder)).contains("is a folder, not a file"));
    }

    @Test
    void another_version_of_each_format_is_refused_with_its_number() {
        byte[] pickle = Samples.bytes("synthetic-network-32-proto4.pkl");
        pickle[1] = 6;
        byte[] legacy = Samples.bytes("small-state-dict-legacy.pth");
        assertEquals((byte) 0xe9, legacy[18]);
        legacy[18] = 0;
        byte[] zip = Samples.bytes("small-state-dict.pth");
        replace(zip, "3\n", "99");
        byte[] npz = Samples.bytes("arrays.npz");
        replace(npz, "NUMPY\u0001", "NUMPY\u0009");

        for (Map.Entry<String, byte[]> named : Map.of(
                        "is a pickle of protocol 6, and 2 to 5 are read", pickle,
                        "is of another version of torch's old format than 1001", legacy,
                        "is of version '99' of torch's zip format; 1 to 10 are read", zip,
                        "in f4.npy: is of version 9 of NumPy's format; 1 to 3 are read", npz)
                .entrySet()) {
            Path file = Samples.write(folder, "versions", named.getValue());
            String message = Samples.refusal(() -> WeightFile.open(file));
            assertTrue(message.contains(named.getKey()), message);
        }
    }

    @Test
    void a_torchscript_program_is_called_by_its_name() {
        Path file = Samples.write(
                folder,
                "scripted.pt",
                HostileArchivesTest.zip(Map.of(
                        "m/data.pkl", new byte[] {(byte) 0x80, 2, 'N', '.'},
                        "m/constants.pkl", new byte[1],
                        "m/version", HostileArchivesTest.ascii("3"))));

        assertTrue(Samples.refusal(() -> WeightFile.open(file)).contains("is a TorchScript program"));
    }

    private static void replace(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] replacement = to.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(bytes).put(text.lastIndexOf(from) < 0 ? -1 : text.indexOf(from), replacement);
    }
}
