package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.engine.artifact.TensorFile;

/** Zip and safetensors files whose directories lie. */
@Timeout(20)
final class HostileArchivesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_zip_bomb_is_refused_by_what_it_claims() throws IOException {
        byte[] bomb = deflated("a/data.pkl", new byte[80 << 20], "a/version", ascii("3"));
        Path file = Samples.write(folder, "bomb.pth", bomb);

        assertTrue(bomb.length < 200_000, bomb.length + " bytes");
        assertTrue(Samples.refusal(() -> WeightFile.open(file)).contains("a/data.pkl: unpacks to 83886080 bytes"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 31, 0xfffffffeL, 10_000_000})
    void a_zip_member_that_lies_about_its_size_is_refused(long claimed) throws IOException {
        byte[] zip = deflated("x.npy", Samples.bytes("arrays.npz"), "y.npy", new byte[10]);
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int entry = find(bytes, 0x02014b50);
        bytes.putInt(entry + 24, (int) claimed);
        Path file = Samples.write(folder, "liar.npz", zip);

        String message = Samples.refusal(() -> Samples.readAll(file));

        assertTrue(message.contains("x.npy"), message);
    }

    @Test
    void members_that_share_their_bytes_are_refused() {
        byte[] zip = zip(Map.of("x.npy", new byte[100]));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int entry = find(bytes, 0x02014b50);
        int end = find(bytes, 0x06054b50);
        byte[] second = Arrays.copyOfRange(zip, entry, end);
        second[46] = 'y';
        ByteBuffer both = ByteBuffer.allocate(zip.length + second.length).order(ByteOrder.LITTLE_ENDIAN);
        both.put(zip, 0, end).put(second).put(zip, end, zip.length - end);
        both.putShort(end + second.length + 8, (short) 2).putShort(end + second.length + 10, (short) 2);
        both.putInt(end + second.length + 12, 2 * second.length);
        Path file = Samples.write(folder, "twins.npz", both.array());

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("two names") || message.contains("share their bytes"), message);
    }

    @Test
    void a_storage_that_the_zip_file_lacks_or_cuts_is_named() {
        byte[] whole = Samples.bytes("small-state-dict.pth");
        Path file = Samples.write(folder, "other.pth", whole);
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int entry = find(bytes, 0x02014b50);
        int second = entry + 46 + bytes.getShort(entry + 28) + bytes.getShort(entry + 30) + bytes.getShort(entry + 32);
        bytes.putInt(second + 20, 4).putInt(second + 24, 4);
        Path cut = Samples.write(folder, "cut.pth", whole);

        assertEquals(16, WeightFile.open(file).tensors().size());
        String message = Samples.refusal(() -> WeightFile.open(cut));
        assertTrue(message.contains("storage '0' needs 1296 bytes, and the zip file holds 4"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__metadata__\":{\"a\":[1]},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1099511627777,0],\"data_offsets\":[0,0]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\"0\",{}]}}",
                "{\"x\":{\"dtype\":[],\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}",
                "{\"x\":[]}",
                "{}"
            })
    void a_safetensors_header_that_lies_is_refused(String header) {
        byte[] json = ascii(header);
        byte[] bytes = ByteBuffer.allocate(8 + json.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
        Path file = Samples.write(folder, "lie.safetensors", bytes);

        String message = Samples.refusal(() -> Samples.readAll(file));

        assertTrue(message.startsWith(file + ": "), message);
    }

    @ParameterizedTest
    @CsvSource({"arrays.npz, f4.npy", "arrays-compressed.npz, f4.npy", "arrays.npz, u1.npy"})
    void an_array_with_another_check_sum_than_the_zip_file_says_is_refused_by_name(String name, String member) {
        byte[] bytes = Samples.bytes(name);
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int entry = find(zip, 0x02014b50);
        while (!new String(bytes, entry + 46, zip.getShort(entry + 28), StandardCharsets.US_ASCII).equals(member)) {
            entry += 46 + zip.getShort(entry + 28) + zip.getShort(entry + 30) + zip.getShort(entry + 32);
        }
        zip.putInt(entry + 16, zip.getInt(entry + 16) ^ 1);
        Path file = Samples.write(folder, name, bytes);

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.contains("in " + member + ": has the check sum"), message);
    }

    @Test
    void an_element_that_changed_in_an_array_is_noticed() {
        byte[] bytes = Samples.bytes("arrays.npz");
        int header = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("(2, 3, 4)");
        bytes[header + 80] ^= 1;
        Path file = Samples.write(folder, "changed.npz", bytes);

        assertTrue(Samples.refusal(() -> WeightFile.open(file)).contains("it is damaged"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':[0,8],'b':[4,12]} | tensor 'b' shares bytes with tensor 'a'",
                "{'a':[0,8],'b':[0,8]} | shares bytes with",
                "{'a':[0,8],'b':[12,20]} | 4 bytes between tensor 'a' and tensor 'b' belong to no tensor",
                "{'a':[4,12],'b':[12,20]} | 4 bytes between the header and tensor 'a' belong to no tensor",
                "{'a':[0,8]} | 12 bytes at its end belong to no tensor",
                "{'a':[0,8],'a':[8,16]} | Duplicate Object property \"a\"",
                "{'a':[0,8],'\\u0061':[8,16]} | Duplicate Object property \"a\"",
            })
    void safetensors_that_overlap_leave_gaps_or_repeat_names_are_refused(String places, String reason) {
        String header = places.replaceAll(
                        "'([^']*)':(\\[\\d+,\\d+\\])", "'$1':{'dtype':'F32','shape':[2],'data_offsets':$2}")
                .replace('\'', '"');
        byte[] json = ascii(header);
        Path file = Samples.write(
                folder,
                "lie.safetensors",
                ByteBuffer.allocate(8 + json.length + 20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());

        String message = Samples.refusal(() -> WeightFile.open(file));

        assertTrue(message.startsWith(file + ": ") && message.contains(reason), message);
        if (!reason.contains("at its end")) {
            assertTrue(Samples.refusal(() -> TensorFile.open(file)).contains(reason));
        }
    }

    @Test
    void a_header_takes_no_more_memory_than_its_bytes_whatever_it_holds() {
        byte[] json = new byte[32 << 20];
        Arrays.fill(json, (byte) '[');
        byte[] start = ascii("{\"x\":{\"dtype\":\"F32\",\"more\":[");
        byte[] nested = ascii("{},".repeat(json.length / 3 - 100));
        System.arraycopy(nested, 0, json, 0, nested.length);
        System.arraycopy(start, 0, json, 0, start.length);
        Path file = Samples.write(
                folder,
                "deep.safetensors",
                ByteBuffer.allocate(8 + json.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        String message = Samples.refusal(() -> WeightFile.open(file));

        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(message.contains("has a header that is not JSON"), message);
        assertTrue(taken < 8 << 20, taken + " bytes");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A zip file whose members are not packed. */
    static byte[] zip(Map<String, byte[]> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> member : new LinkedHashMap<>(members).entrySet()) {
                ZipEntry entry = new ZipEntry(member.getKey());
                CRC32 crc = new CRC32();
                crc.update(member.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(member.getValue().length);
                zip.putNextEntry(entry);
                zip.write(member.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated(String first, byte[] one, String second, byte[] two) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(first));
            zip.write(one);
            zip.putNextEntry(new ZipEntry(second));
            zip.write(two);
        }
        return bytes.toByteArray();
    }

    private static int find(ByteBuffer bytes, int signature) {
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return at;
    }
}
