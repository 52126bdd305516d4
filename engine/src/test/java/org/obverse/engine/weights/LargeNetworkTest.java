package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.engine.torch.TorchRuntime;

/** A generator of the published size: 1024 pixels, channel_base 32768, z and w of 512, 8 mapping layers. */
final class LargeNetworkTest {
    private static final long BOUND = 10_000;

    @Test
    void a_generator_of_1024_pixels_loads_in_ten_seconds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network.pkl");
        Map<String, long[]> shapes = shapes();
        write(file, shapes);
        assertTrue(Files.size(file) > 120_000_000, Files.size(file) + " bytes");

        long start = System.nanoTime();
        WeightFile opened = WeightFile.open(file);
        long openedAfter = (System.nanoTime() - start) / 1_000_000;
        ParameterSource weights = opened.parameters();
        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            long first = System.nanoTime();
            Map<String, NDArray> tensors = new LinkedHashMap<>();
            shapes.forEach((name, shape) ->
                    tensors.put(name, weights.tensor(manager, name, new Shape(shape), Initial.constant(0))));
            long readAfter = (System.nanoTime() - first) / 1_000_000;

            assertEquals(shapes.keySet(), weights.names());
            NDArray last = tensors.get("mapping.fc7.weight");
            assertTrue(last != null);
            assertArrayEquals(
                    Samples.floats(Samples.tensor(opened.network().tensors(), "mapping.fc7.weight")),
                    last.toFloatArray());
            assertEquals(
                    "StyleGAN2-ADA generator, 1024×1024",
                    Architecture.of(opened.network().tensors()));
            assertTrue(
                    openedAfter + readAfter < BOUND,
                    "opened after " + openedAfter + " ms, read after " + readAfter + " ms more");
        }
    }

    private static int channels(int side) {
        return Math.min(32768 / side, 512);
    }

    /** In state-dict order. */
    private static Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int side = 4; side <= 1024; side *= 2) {
            String block = "synthesis.b" + side + ".";
            int out = channels(side);
            if (side == 4) {
                shapes.put(block + "const", new long[] {out, 4, 4});
            }
            shapes.put(block + "resample_filter", new long[] {4, 4});
            if (side > 4) {
                layer(shapes, block + "conv0.", channels(side / 2), out, side);
            }
            layer(shapes, block + "conv1.", out, out, side);
            shapes.put(block + "torgb.weight", new long[] {3, out, 1, 1});
            shapes.put(block + "torgb.bias", new long[] {3});
            shapes.put(block + "torgb.affine.weight", new long[] {out, 512});
            shapes.put(block + "torgb.affine.bias", new long[] {out});
        }
        shapes.put("mapping.w_avg", new long[] {512});
        for (int i = 0; i < 8; i++) {
            shapes.put("mapping.fc" + i + ".weight", new long[] {512, 512});
            shapes.put("mapping.fc" + i + ".bias", new long[] {512});
        }
        return shapes;
    }

    private static void layer(Map<String, long[]> shapes, String name, int in, int out, int side) {
        shapes.put(name + "weight", new long[] {out, in, 3, 3});
        shapes.put(name + "noise_strength", new long[] {});
        shapes.put(name + "bias", new long[] {out});
        shapes.put(name + "resample_filter", new long[] {4, 4});
        shapes.put(name + "noise_const", new long[] {side, side});
        shapes.put(name + "affine.weight", new long[] {in, 512});
        shapes.put(name + "affine.bias", new long[] {in});
    }

    private static void write(Path file, Map<String, long[]> shapes) throws IOException {
        TreeMap<String, Object> tree = new TreeMap<>();
        shapes.forEach((name, shape) -> put(tree, name, shape));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            PickleWriter pickle = new PickleWriter(out);
            pickle.protocol(3).raw("}").text("G_ema");
            module(pickle, tree, new SplittableRandom(1));
            pickle.raw("s.");
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, String name, long[] shape) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            tree.put(name, shape);
        } else {
            Map<String, Object> child = (Map<String, Object>)
                    tree.computeIfAbsent(name.substring(0, dot), key -> new TreeMap<String, Object>());
            put(child, name.substring(dot + 1), shape);
        }
    }

    @SuppressWarnings("unchecked")
    private static void module(PickleWriter pickle, Map<String, Object> tree, SplittableRandom random) {
        pickle.module("Any", state -> {
            state.text("_parameters").raw("}");
            tree.forEach((name, value) -> {
                if (value instanceof long[] shape) {
                    long elements = 1;
                    for (long axis : shape) {
                        elements *= axis;
                    }
                    byte[] bytes = new byte[(int) elements * 4];
                    random.nextBytes(bytes);
                    for (int i = 3; i < bytes.length; i += 4) {
                        bytes[i] = 0x3e;
                    }
                    state.text(name).tensor(bytes, shape).raw("s");
                }
            });
            state.text("_buffers").raw("}").text("_modules").raw("}");
            tree.forEach((name, value) -> {
                if (value instanceof Map<?, ?> child) {
                    state.text(name);
                    module(state, (Map<String, Object>) child, random);
                    state.raw("s");
                }
            });
        });
    }
}
