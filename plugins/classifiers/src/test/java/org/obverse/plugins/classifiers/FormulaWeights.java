package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/**
 * The weights with which the architecture fixtures were made: a hash of the tensor's index in the state dict and of the
 * element's index, scaled by rules on the name (fixtures' README, "Architecture fixtures").
 *
 * @param entries of the published state dict, by name in its order
 */
record FormulaWeights(Map<String, Entry> entries) implements ParameterSource {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Index, name and shape, as in {@code 6 layer1.0.conv1.weight [64, 64, 3, 3] float32 param}. */
    private static final Pattern ENTRY = Pattern.compile("(\\d+) (\\S+) \\[(.*)]");

    /** A line of the listing. */
    record Entry(int index, Shape shape) {}

    static FormulaWeights of(String listing) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (String line : lines(listing)) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.lookingAt()) {
                entries.put(entry.group(2), new Entry(Integer.parseInt(entry.group(1)), shape(entry.group(3))));
            }
        }
        return new FormulaWeights(entries);
    }

    /** Uniform on [0, 1), float64. */
    static double unit(long tensor, long element) {
        long s = (tensor + 1) * GOLDEN + element + GOLDEN;
        s = (s ^ s >>> 30) * 0xBF58476D1CE4E5B9L;
        s = (s ^ s >>> 27) * 0x94D049BB133111EBL;
        s ^= s >>> 31;
        return (s >>> 11) * 0x1p-53;
    }

    /** Published names, but for the counters that nothing reads. */
    List<String> published() {
        return entries.keySet().stream()
                .filter(name -> !name.endsWith("num_batches_tracked"))
                .toList();
    }

    /** With one more tensor at the end. */
    FormulaWeights with(String name, Shape shape) {
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(name, new Entry(entries.size(), shape));
        return new FormulaWeights(more);
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        Entry entry = Objects.requireNonNull(entries.get(name), name);
        if (!entry.shape().equals(shape)) {
            throw new IllegalStateException(name + " is published as " + entry.shape() + ", not " + shape);
        }
        return manager.create(values(entry.index(), name, shape), shape);
    }

    /** The values of the tensor of an index. */
    static float[] values(int index, String name, Shape shape) {
        Spread spread = Spread.of(name, shape);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (spread.middle() + spread.reach() * (2 * unit(index, i) - 1));
        }
        return values;
    }

    @Override
    public Set<String> names() {
        return published().stream().collect(Collectors.toSet());
    }

    /** The interval over which the elements of a tensor are spread. */
    private record Spread(double middle, double reach) {
        static Spread of(String name, Shape shape) {
            if (name.endsWith("running_var")) {
                return new Spread(1, 0.5);
            }
            if (name.endsWith("running_mean")) {
                return new Spread(0, 0.1);
            }
            if (shape.dimension() >= 2) {
                return new Spread(0, Math.sqrt(6.0 / (double) shape.slice(1).size()));
            }
            if (name.endsWith("bn3.weight")) {
                return new Spread(0.2, 0.02);
            }
            return name.endsWith("weight") ? new Spread(1, 0.1) : new Spread(0, 0.1);
        }
    }

    private static Shape shape(String listed) {
        return new Shape(Pattern.compile(", ")
                .splitAsStream(listed)
                .filter(extent -> !extent.isEmpty())
                .map(Long::valueOf)
                .toList());
    }

    private static List<String> lines(String resource) {
        try (InputStream bytes = FormulaWeights.class.getResourceAsStream("/" + resource)) {
            byte[] text = Objects.requireNonNull(bytes, resource).readAllBytes();
            return new String(text, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
