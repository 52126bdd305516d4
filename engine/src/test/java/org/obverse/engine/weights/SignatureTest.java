package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.engine.artifact.TensorFile;

/** Formats are told by all of their signature. */
final class SignatureTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_safetensors_file_is_read_whatever_the_length_of_its_header() {
        for (int length = 64; length <= 4096; length += 8) {
            Path file = Samples.write(folder, "padded.safetensors", padded(length));

            WeightFile opened = WeightFile.open(file);

            assertEquals(WeightFormat.SAFETENSORS, opened.format(), "header of " + length + " bytes");
            assertEquals(2.5f, Samples.floats(Samples.tensor(opened.tensors(), "w"))[0]);
            assertTrue(TensorFile.open(file).names().contains("w"));
        }
    }

    @Test
    void every_file_that_is_written_can_be_read_again() {
        Map<String, StoredTensor> tensors = Map.of("w", one());
        for (int i = 0; i < 600; i += 8) {
            Path file = folder.resolve("own-" + i + ".safetensors");

            SafetensorsWriter.write(file, tensors, Map.of("note", "x".repeat(i)));

            assertEquals(tensors.keySet(), WeightFile.open(file).tensors().keySet());
        }
    }

    /** 0x04034b50 bytes, which as a number in a file begin as a zip file does; and 0x7b, which is a brace. */
    @ParameterizedTest
    @ValueSource(longs = {0x04034b50, 0x06054b50, 0x0280, 0x0480, 0x7b, 0x22097b})
    void a_header_whose_length_looks_like_another_format_is_a_header(long length) {
        ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        head.put("{\"w\":{\"dtype\"".getBytes(StandardCharsets.US_ASCII)).clear();
        Signature expected = length > 100_000_000 ? Signature.ZIP : Signature.SAFETENSORS;

        assertEquals(expected, Signature.of(new ByteSource.Memory(head)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<3 my weights",
                "\u00ff\u00d8",
                "\u0089",
                "\u001f\u008bx",
                "PK",
                "\u0080",
                "\u0080\u00ff",
                "{",
                "{3"
            })
    void the_beginning_of_a_signature_is_none(String text) {
        Path file = Samples.write(folder, "stranger", text.getBytes(StandardCharsets.ISO_8859_1));

        assertTrue(Samples.refusal(() -> WeightFile.open(file)).contains("is of no known format"));
        assertTrue(Samples.refusal(() -> ScriptFile.require(file, "stranger")).contains("is not a TorchScript file"));
    }

    private static StoredTensor one() {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, 2.5f);
        return StoredTensor.dense(ElementType.F32, new ByteSource.Memory(bytes), new long[] {1}, StoredTensor.Order.C);
    }

    /** A file of one tensor whose header has this length. */
    private static byte[] padded(int length) {
        String json = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        return ByteBuffer.allocate(8 + length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((json + " ".repeat(length - json.length())).getBytes(StandardCharsets.US_ASCII))
                .putFloat(2.5f)
                .array();
    }
}
