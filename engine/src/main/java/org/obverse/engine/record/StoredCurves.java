package org.obverse.engine.record;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.record.CurveBand.Point;

/** The tensors {@code curve.NAME [N, T]} of a stage's units, padded with NaN behind the last step of a candidate. */
final class StoredCurves {
    private static final String PREFIX = "curve.";

    private StoredCurves() {}

    static Set<String> names(List<TensorFile> files) {
        Set<String> names = new TreeSet<>();
        for (TensorFile file : files) {
            file.names().stream()
                    .filter(name -> name.startsWith(PREFIX))
                    .forEach(name -> names.add(name.substring(PREFIX.length())));
        }
        return names;
    }

    static List<Point> points(String name, List<TensorFile> files, NDManager manager) {
        List<float[]> rows = new ArrayList<>();
        for (TensorFile file : files) {
            if (file.names().contains(PREFIX + name)) {
                try (NDArray padded = file.tensor(manager, PREFIX + name)) {
                    int length = Math.toIntExact(padded.getShape().get(1));
                    float[] values = padded.toFloatArray();
                    for (int from = 0; from < values.length; from += length) {
                        rows.add(Arrays.copyOfRange(values, from, from + length));
                    }
                }
            }
        }
        List<Point> points = new ArrayList<>();
        int steps = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        for (int i = 0; i < steps; i++) {
            int step = i;
            double[] values = rows.stream()
                    .filter(row -> step < row.length)
                    .mapToDouble(row -> row[step])
                    .filter(Double::isFinite)
                    .toArray();
            if (values.length > 0) {
                points.add(Point.of(step + 1, values));
            }
        }
        return points;
    }
}
