package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.TorchRuntime;

final class SafetensorsWriterTest {
    private static final NDManager MANAGER = TorchRuntime.start().manager().newSubManager();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void release() {
        MANAGER.close();
    }

    @Test
    void every_tensor_is_written_in_its_own_type_with_its_own_bytes() {
        Map<String, StoredTensor> tensors =
                WeightFile.open(Samples.file("torch-save-edge.pth")).tensors();
        Path file = folder.resolve("out.safetensors");

        SafetensorsWriter.write(file, tensors, Map.of("source", "edge"));

        WeightFile written = WeightFile.open(file);
        assertEquals(Map.of("source", "edge"), written.metadata());
        assertEquals(tensors.keySet(), written.tensors().keySet());
        written.tensors().forEach((name, tensor) -> {
            StoredTensor original = Samples.tensor(tensors, name);
            assertEquals(original.type(), tensor.type(), name);
            assertArrayEquals(Samples.raw(original.read()), Samples.raw(tensor.read()), name);
        });
        assertEquals(
                EnumSet.allOf(ElementType.class),
                written.tensors().values().stream()
                        .map(StoredTensor::type)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ElementType.class))));
    }

    @Test
    void what_is_written_reads_back_with_its_values() {
        Path file = folder.resolve("out.safetensors");
        SafetensorsWriter.write(
                file, WeightFile.open(Samples.file("torch-save-edge.pth")).tensors(), Map.of());

        TensorFile written = TensorFile.open(file);
        TensorFile expected = Samples.expected("torch-save-edge.safetensors");
        for (String name : expected.names()) {
            String own = name.equals("nested.k") ? "nested.2.k" : name;
            assertEquals(expected.shape(name), written.shape(own), name);
            if (List.of("i16", "i8").contains(name)) {
                assertArrayEquals(
                        expected.tensor(MANAGER, name).toFloatArray(),
                        written.tensor(MANAGER, own)
                                .toType(DataType.FLOAT32, false)
                                .toFloatArray(),
                        name);
            } else {
                assertArrayEquals(Samples.raw(MANAGER, expected, name), Samples.raw(MANAGER, written, own), name);
            }
        }
        assertEquals(DataType.INT8, written.tensor(MANAGER, "i8").getDataType());
        assertEquals(DataType.INT32, written.tensor(MANAGER, "i16").getDataType());
    }

    @Test
    void an_existing_file_is_not_overwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("out.safetensors"), "mine");

        String message = Samples.refusal(() -> SafetensorsWriter.write(file, Map.of(), Map.of()));

        assertTrue(message.contains("exists already"), message);
        assertEquals("mine", Files.readString(file));
        assertEquals(List.of(file), listed());
    }

    @Test
    void nothing_is_left_behind_when_a_tensor_cannot_be_read() throws IOException {
        byte[] elements = new byte[2 << 20];
        byte[] pickle = PickleWriter.bytes(out -> out.protocol(3)
                .raw("}")
                .text("w")
                .tensor(elements, elements.length / 4)
                .raw("s."));
        Path source = Samples.write(folder, "cut.pkl", pickle);
        Map<String, StoredTensor> tensors = WeightFile.open(source).tensors();
        Files.write(source, new byte[1000]);

        String message =
                Samples.refusal(() -> SafetensorsWriter.write(folder.resolve("out.safetensors"), tensors, Map.of()));

        assertTrue(message.contains("the file ends early"), message);
        assertEquals(List.of(source), listed());
    }

    @Test
    void a_folder_that_does_not_exist_is_refused() {
        Path nowhere = folder.resolve("none").resolve("out.safetensors");
        StoredTensor tensor = StoredTensor.dense(
                ElementType.U8, new ByteSource.Memory(ByteBuffer.allocate(1)), new long[] {1}, StoredTensor.Order.C);

        assertTrue(Samples.refusal(() -> SafetensorsWriter.write(nowhere, Map.of("x", tensor), Map.of()))
                .contains("cannot be written"));
    }

    @Test
    void what_a_killed_import_left_neither_hinders_the_next_one_nor_stays() throws IOException {
        long process = ProcessHandle.current().pid();
        Files.createFile(folder.resolve(".out.safetensors." + process + ".tmp"));
        Files.createFile(folder.resolve(".out.safetensors." + process + "-18f.1.tmp"));
        Path file = folder.resolve("out.safetensors");

        SafetensorsWriter.write(file, Map.of("x", zeros(4, 1)), Map.of());

        assertEquals(List.of(file), listed());
    }

    @Test
    void a_name_with_the_marks_of_a_pattern_is_a_name() {
        Path file = folder.resolve("a[1]{2}*.safetensors");

        SafetensorsWriter.write(file, Map.of("x", zeros(4, 1)), Map.of());

        assertEquals(1, WeightFile.open(file).tensors().size());
    }

    @Test
    void a_large_tensor_passes_through_little_memory() throws IOException {
        Path large = folder.resolve("large.safetensors");
        try (RandomAccessFile out = new RandomAccessFile(large.toFile(), "rw")) {
            byte[] header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[50331648],\"data_offsets\":[0,201326592]}}"
                    .getBytes(StandardCharsets.US_ASCII);
            out.write(header.length);
            out.seek(8);
            out.write(header);
            out.setLength(8 + header.length + 201326592L);
            out.seek(8 + header.length + 4 * 30_000_001L);
            out.write(new byte[] {1, 2, 3, 4});
        }
        Map<String, StoredTensor> tensors = WeightFile.open(large).tensors();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes() + direct();

        SafetensorsWriter.write(folder.resolve("copy.safetensors"), tensors, Map.of());

        long taken = threads.getCurrentThreadAllocatedBytes() + direct() - before;
        assertTrue(taken < 8 << 20, taken + " bytes");
        try (RandomAccessFile copy =
                new RandomAccessFile(folder.resolve("copy.safetensors").toFile(), "r")) {
            copy.seek(copy.length() - 201326592L + 4 * 30_000_001L);
            assertEquals(0x01020304, copy.readInt());
        }
    }

    /** Bytes outside of the heap that were ever taken at once, which stay as many while they are kept for the thread. */
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }

    private static StoredTensor zeros(int bytes, long... shape) {
        return StoredTensor.dense(
                ElementType.F32, new ByteSource.Memory(ByteBuffer.allocate(bytes)), shape, StoredTensor.Order.C);
    }

    private List<Path> listed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
