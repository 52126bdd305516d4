package org.obverse.engine.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * Files that were changed at random are read or refused, whatever the change: no other exception, no hang, no memory beyond
 * the file's size. {@code -Pfuzz} tries 100,000 instead of 2,000.
 */
final class FuzzTest {
    private static final List<String> SEEDS = List.of(
            "synthetic-network-32-proto2.pkl",
            "synthetic-network-32-proto3.pkl",
            "synthetic-network-16-cond.pkl",
            "small-state-dict.pth",
            "small-state-dict-legacy.pth",
            "small-checkpoint.pth",
            "checkpoints/timm.pth.tar",
            "checkpoints/numpy-array.pth",
            "torch-save-edge.pth",
            "torch-save-edge-legacy.pth",
            "torch-save-edge.safetensors",
            "arrays.npz",
            "arrays-compressed.npz");
    private static final List<String> ATTACKS = List.of(
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
    private static final long[] NUMBERS = {0, 1, -1, 127, 255, 65535, 1L << 31, (1L << 31) - 1, 1L << 40, Long.MAX_VALUE
    };
    private static final int RUNS = Integer.getInteger("obverse.fuzz", 2_000);
    private static final int SLOWEST_MILLISECONDS = 10_000;
    private static final long ALLOWANCE = 256L << 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Timeout(3600)
    void a_file_changed_at_random_is_read_or_refused() {
        List<byte[]> seeds = SEEDS.stream().map(Samples::unchecked).toList();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(run);
            int seed = run % SEEDS.size();
            byte[] changed = change(seeds.get(seed), random);
            Path file = Samples.write(folder, "changed", changed);
            String what = "run " + run + ", " + SEEDS.get(seed);
            long memory = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            try {
                Samples.readAll(file);
            } catch (InvalidConfigurationException e) {
                refused++;
                assertTrue(e.problems().get(0).path().equals(file.toString()), () -> what + ": " + e.getMessage());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(what, e);
            }
            long milliseconds = (System.nanoTime() - start) / 1_000_000;
            long taken = threads.getCurrentThreadAllocatedBytes() - memory;
            assertTrue(milliseconds < SLOWEST_MILLISECONDS, () -> what + " took " + milliseconds + " ms");
            assertTrue(taken < ALLOWANCE, () -> what + " took " + taken + " bytes");
        }
        int read = RUNS - refused;
        assertTrue(refused > RUNS / 3 && read > RUNS / 50, refused + " refused, " + read + " read");
    }

    /** One to four changes; most of them near the beginning or the end, where structure is. */
    private static byte[] change(byte[] seed, SplittableRandom random) {
        byte[] bytes = seed.clone();
        int changes = random.nextInt(1, 5);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextBoolean()
                    ? random.nextInt(bytes.length)
                    : Math.abs((random.nextBoolean() ? 0 : bytes.length - 1)
                            - random.nextInt(Math.min(2000, bytes.length)));
            bytes = switch (random.nextInt(7)) {
                case 0 -> {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    yield bytes;
                }
                case 1 -> {
                    bytes[at] = (byte) random.nextInt(256);
                    yield bytes;
                }
                case 2 -> Arrays.copyOf(bytes, at);
                case 3 -> {
                    long number = NUMBERS[random.nextInt(NUMBERS.length)];
                    for (int b = 0; b < 8 && at + b < bytes.length; b++) {
                        bytes[at + b] = (byte) (number >> (8 * b));
                    }
                    yield bytes;
                }
                case 4 ->
                    splice(
                            bytes,
                            at,
                            at,
                            ATTACKS.get(random.nextInt(ATTACKS.size())).getBytes(StandardCharsets.ISO_8859_1));
                case 5 -> {
                    int from = random.nextInt(bytes.length);
                    int to = Math.min(bytes.length, from + random.nextInt(200));
                    yield splice(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
                }
                default -> splice(bytes, at, Math.min(bytes.length, at + random.nextInt(1, 50)), new byte[0]);
            };
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }

    /** Every allowed name in a real file, replaced by one that is not allowed. */
    @Test
    void no_name_of_a_real_file_can_be_exchanged_for_a_call() {
        for (String name : SEEDS.subList(0, 8)) {
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
