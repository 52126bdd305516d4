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

    @Override
    public NDArray tensor(NDManager manager, String name, Shape shape, Initial initial) {
        Entry entry = Objects.requireNonNull(entries.get(name), name);
        if (!entry.shape().equals(shape)) {
            throw new IllegalStateException(name + " is published as " + entry.shape() + ", not " + shape);
        }
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) value(name, shape, 2 * unit(entry.index(), i) - 1);
        }
        return manager.create(values, shape);
    }

    @Override
    public Set<String> names() {
        return published().stream().collect(Collectors.toSet());
    }

    private static double value(String name, Shape shape, double u) {
        if (name.endsWith("running_var")) {
            return 1 + 0.5 * u;
        }
        if (name.endsWith("running_mean")) {
            return 0.1 * u;
        }
        if (shape.dimension() >= 2) {
            return u * Math.sqrt(6.0 / (double) shape.slice(1).size());
        }
        return name.endsWith("weight") ? 1 + 0.1 * u : 0.1 * u;
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
