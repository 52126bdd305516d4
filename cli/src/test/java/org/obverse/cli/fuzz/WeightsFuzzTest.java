package org.obverse.cli.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.weights.Architecture;
import org.obverse.engine.weights.StoredTensor;
import org.obverse.engine.weights.WeightFile;

/** A file of weights that was changed is read to the last tensor, or refused; nothing that it names is looked up. */
final class WeightsFuzzTest {
    private static final List<Path> SEEDS = List.of(
            Path.of("../engine/src/test/resources/weights/synthetic-network-32-proto2.pkl"),
            Path.of("../engine/src/test/resources/weights/synthetic-network-32-proto3.pkl"),
            Path.of("../fixtures/synthetic-network-16-cond.pkl"),
            Path.of("../fixtures/small-state-dict.pth"),
            Path.of("../fixtures/small-state-dict-legacy.pth"),
            Path.of("../fixtures/small-checkpoint.pth"),
            Path.of("../fixtures/timm.pth.tar"),
            Path.of("../engine/src/test/resources/weights/checkpoints/numpy-array.pth"),
            Path.of("../engine/src/test/resources/weights/torch-save-edge.pth"),
            Path.of("../engine/src/test/resources/weights/torch-save-edge-legacy.pth"),
            Path.of("../engine/src/test/resources/weights/torch-save-edge.safetensors"),
            Path.of("../fixtures/arrays.npz"),
            Path.of("../engine/src/test/resources/weights/arrays-compressed.npz"));
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final List<String> WORDS = List.of(
            "cposix\nsystem\n",
            "cbuiltins\neval\n",
            "cmy.tools\nConfig\n)\u0081",
            "ctorch\nfloat16\n",
            "X\u0002\0\0\0osX\u0006\0\0\0system\u0093",
            "(X\u0002\0\0\0idios\nsystem\n",
            "ctorch.storage\n_load_from_bytes\n",
            "ctorch._utils\n_rebuild_tensor_v2\n",
            "}q\0h\0h\0s",
            "]q\0h\0a",
            "\u0085R",
            "Q",
            "b");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void changed_weights_are_read_or_refused() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path seed : SEEDS) {
            seeds.add(
                    seed.toString().endsWith(".npz") ? Files.readAllBytes(seed) : unchecked(Files.readAllBytes(seed)));
        }
        Path file = folder.resolve("changed");
        new Fuzzing("weights", seeds, WORDS, 500, 256L << 20)
                .of(changed -> readAll(Files.write(file, changed)))
                .requireBoth();
    }

    /** Without check sums of a zip's members, if it is one, so that what is changed in them reaches who reads them. */
    private static byte[] unchecked(byte[] zip) {
        ByteBuffer directory = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.length - 20; at++) {
            if (directory.getInt(at) == DIRECTORY_ENTRY) {
                directory.putInt(at + 16, 0);
            }
        }
        return zip;
    }

    private static void readAll(Path file) {
        WeightFile opened = WeightFile.open(file);
        opened.tensors().values().forEach(StoredTensor::read);
        Architecture.of(opened.tensors());
        opened.network().tensors().values().forEach(StoredTensor::shape);
    }
}
