package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.engine.artifact.TensorFile;

/** Reads the candidates of one or more units back, as one. */
public final class StoredCandidates {
    private static final String VARIABLE = "variable.";
    private static final String CURVE = "curve.";

    private StoredCandidates() {}

    /**
     * @param files artifacts of one stage, in the order of its units
     * @param wanted the classes whose candidates are read, in this order; empty for all
     * @param manager to attach the arrays to
     * @param generator whose search space points are of
     * @param openers of forms other than points and images, by form
     */
    public static Candidates read(
            List<TensorFile> files,
            List<Integer> wanted,
            NDManager manager,
            Generator generator,
            Map<String, Representation.Opener> openers) {
        TensorFile first = files.get(0);
        List<Run> runs = runs(files, wanted, manager);
        NDList variables = new NDList();
        for (String name : first.names()) {
            if (name.startsWith(VARIABLE)) {
                NDArray rows = rows(name, first, runs, manager);
                rows.setName(name.substring(VARIABLE.length()));
                variables.add(rows);
            }
        }
        TreeSet<String> curves = new TreeSet<>(first.names());
        curves.removeIf(name -> !name.startsWith(CURVE));
        files.forEach(file -> curves.retainAll(file.names()));
        String form = String.valueOf(first.metadata().get("form"));
        return new Candidates(
                open(form, variables, generator, openers),
                runs.stream()
                        .flatMap(run -> Collections.nCopies(run.rows(), run.targetClass()).stream())
                        .toList(),
                scores(first, runs, manager),
                curves.stream().map(name -> curve(name, runs, manager)).toList());
    }

    /** Consecutive rows of one file, of one class. */
    private record Run(TensorFile file, int targetClass, int from, int to) {
        int rows() {
            return to - from;
        }
    }

    private static List<Run> runs(List<TensorFile> files, List<Integer> wanted, NDManager manager) {
        List<Run> runs = new ArrayList<>();
        for (TensorFile file : files) {
            long[] classes;
            try (NDArray stored = file.tensor(manager, "classes")) {
                classes = stored.toLongArray();
            }
            int from = 0;
            for (int row = 1; row <= classes.length; row++) {
                if (row == classes.length || classes[row] != classes[from]) {
                    runs.add(new Run(file, (int) classes[from], from, row));
                    from = row;
                }
            }
        }
        return wanted.isEmpty()
                ? runs
                : wanted.stream()
                        .flatMap(target -> runs.stream().filter(run -> run.targetClass() == target))
                        .toList();
    }

    private static NDArray rows(String name, TensorFile first, List<Run> runs, NDManager manager) {
        int count = runs.stream().mapToInt(Run::rows).sum();
        Shape shape = new Shape(count).addAll(first.shape(name).slice(1));
        NDArray rows = manager.create(shape, first.type(name));
        int at = 0;
        for (Run run : runs) {
            run.file().readRows(name, run.from(), run.to(), rows, at);
            at += run.rows();
        }
        return rows;
    }

    private static List<Double> scores(TensorFile first, List<Run> runs, NDManager manager) {
        try (NDArray scores = rows("scores", first, runs, manager)) {
            return Arrays.stream(scores.toDoubleArray()).boxed().toList();
        }
    }

    private static Representation open(
            String form, NDList variables, Generator generator, Map<String, Representation.Opener> openers) {
        return switch (form) {
            case LatentPoints.FORM -> new LatentPoints(generator, unnamed(variables.head()));
            case FixedImages.FORM -> new FixedImages(unnamed(variables.head()));
            default -> {
                Representation.Opener opener = openers.get(form);
                if (opener == null) {
                    throw new IllegalStateException("no stage of this attack opens representations of form '" + form
                            + "'; a component that makes its own implements Representation.Opener under its name");
                }
                yield opener.open(variables, generator);
            }
        };
    }

    private static NDArray unnamed(NDArray array) {
        array.setName(null);
        return array;
    }

    private static Candidates.Curve curve(String name, List<Run> runs, NDManager manager) {
        List<float[]> rows = new ArrayList<>();
        for (Run run : runs) {
            int length = Math.toIntExact(run.file().shape(name).get(1));
            try (NDArray padded = rows(name, run.file(), List.of(run), manager)) {
                float[] values = padded.toFloatArray();
                for (int row = 0; row < run.rows(); row++) {
                    int from = row * length;
                    int to = from + length;
                    while (to > from && Float.isNaN(values[to - 1])) {
                        to--;
                    }
                    rows.add(Arrays.copyOfRange(values, from, to));
                }
            }
        }
        return new Candidates.Curve(name.substring(CURVE.length()), rows);
    }
}
