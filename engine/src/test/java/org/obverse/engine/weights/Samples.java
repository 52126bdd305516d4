package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.TensorFile;

/** The files among the test's resources, and what is asked of them. */
final class Samples {
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    private Samples() {}

    static Path file(String name) {
        URL url = Samples.class.getResource("/weights/" + name);
        if (url == null) {
            throw new IllegalArgumentException("no resource /weights/" + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = Files.newInputStream(file(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's bytes, without check sums if it is a zip file of torch, so that a change of it is noticed by nothing but its reader. */
    static byte[] unchecked(String name) {
        byte[] bytes = bytes(name);
        ByteBuffer directory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; !name.endsWith(".npz") && at < bytes.length - 20; at++) {
            if (directory.getInt(at) == DIRECTORY_ENTRY) {
                directory.putInt(at + 16, 0);
            }
        }
        return bytes;
    }

    static TensorFile expected(String name) {
        return TensorFile.open(file(name));
    }

    /** The elements of an array, row-major, in its own type. */
    static byte[] raw(NDManager manager, TensorFile file, String tensor) {
        try (NDArray array = file.tensor(manager, tensor)) {
            return raw(array.toByteBuffer());
        }
    }

    static byte[] raw(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.order(ByteOrder.LITTLE_ENDIAN).get(bytes);
        return bytes;
    }

    static float[] floats(StoredTensor tensor) {
        FloatBuffer floats = FloatBuffer.allocate((int) tensor.elements());
        tensor.transferFloats(floats::put);
        return floats.array();
    }

    static StoredTensor tensor(Map<String, StoredTensor> tensors, String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new AssertionError("no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of a refusal; anything else that is thrown fails the test. */
    static String refusal(Executable work) {
        return String.valueOf(
                assertThrows(InvalidConfigurationException.class, work).getMessage());
    }

    /** Opens a file and reads everything in it. */
    static void readAll(Path file) {
        WeightFile opened = WeightFile.open(file);
        opened.tensors().values().forEach(Samples::floats);
        Architecture.of(opened.tensors());
        opened.network().tensors().values().forEach(StoredTensor::shape);
    }

    static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }
}
