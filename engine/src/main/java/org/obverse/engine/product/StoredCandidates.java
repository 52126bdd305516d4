package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.engine.artifact.TensorFile;

/** Reads the candidates of one or more units back, as one. */
public final class StoredCandidates {
    private StoredCandidates() {}

    /**
     * @param files artifacts of one stage, in the order of its units
     * @param wanted the classes whose candidates are read, in this order; empty for all
     * @param manager to attach the arrays to
     * @param generator whose search space points are of
     * @param openers of forms other than points and images, by form
     * @param way whether snapshots are read as well
     */
    public static Candidates read(
            List<TensorFile> files,
            List<Integer> wanted,
            NDManager manager,
            Generator generator,
            Map<String, Representation.Opener> openers,
            Way way) {
        TensorFile first = files.get(0);
        List<Run> runs = runs(files, wanted, manager);
        TreeSet<String> curves = new TreeSet<>(first.names());
        curves.removeIf(name -> !name.startsWith(CandidateForm.CURVE));
        files.forEach(file -> curves.retainAll(file.names()));
        String form = String.valueOf(first.metadata().get(CandidateForm.FORM));
        return new Candidates(
                open(form, variables(CandidateForm.VARIABLE, first, runs, manager), generator, openers),
                runs.stream()
                        .flatMap(run -> Collections.nCopies(run.rows(), run.targetClass()).stream())
                        .toList(),
                scores(first, runs, manager),
                curves.stream().map(name -> curve(name, runs, manager)).toList(),
                steps(files, way).stream()
                        .map(step -> new Candidates.Snapshot(
                                step,
                                open(
                                        form,
                                        variables(CandidateForm.SNAPSHOT + step + ".", first, runs, manager),
                                        generator,
                                        openers)))
                        .toList());
    }

    /** Whether the way of the candidates is read, or only where they are. */
    public enum Way {
        SHOWN,
        LEFT_OUT
    }

    /** At which all files have a snapshot. */
    private static SortedSet<Integer> steps(List<TensorFile> files, Way way) {
        SortedSet<Integer> steps = steps(files.get(0));
        files.forEach(file -> steps.retainAll(steps(file)));
        return way == Way.SHOWN ? steps : Collections.emptySortedSet();
    }

    private static SortedSet<Integer> steps(TensorFile file) {
        return file.names().stream()
                .filter(name -> name.startsWith(CandidateForm.SNAPSHOT))
                .map(name -> Integer.valueOf(name.split("\\.", 3)[1]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static NDList variables(String prefix, TensorFile first, List<Run> runs, NDManager manager) {
        NDList variables = new NDList();
        for (String name : first.names()) {
            if (name.startsWith(prefix)) {
                NDArray rows = rows(name, first, runs, manager);
                rows.setName(name.substring(prefix.length()));
                variables.add(rows);
            }
        }
        return variables;
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
            try (NDArray stored = file.tensor(manager, CandidateForm.CLASSES)) {
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
        String bare = name.substring(CandidateForm.CURVE.length());
        List<float[]> rows = new ArrayList<>();
        for (Run run : runs) {
            try (NDArray padded = rows(name, run.file(), List.of(run), manager);
                    NDArray lengths = rows(CandidateForm.LENGTHS + bare, run.file(), List.of(run), manager)) {
                rows.addAll(curve(padded.toFloatArray(), lengths.toLongArray()));
            }
        }
        return new Candidates.Curve(bare, rows);
    }

    /** The rows of a curve without what they were padded with. */
    private static List<float[]> curve(float[] padded, long[] lengths) {
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < lengths.length; row++) {
            int from = row * (padded.length / lengths.length);
            rows.add(Arrays.copyOfRange(padded, from, from + Math.toIntExact(lengths[row])));
        }
        return rows;
    }

    private static float[] floats(TensorFile file, String name) {
        return file.floats(name, 0, Math.toIntExact(file.shape(name).size()));
    }

    private static long[] longs(float[] whole) {
        long[] values = new long[whole.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) whole[i];
        }
        return values;
    }

    /** All rows of the curves of some artifacts of one stage, by the curve's name; a diverged one ends with what it diverged to. */
    public static Map<String, List<float[]>> curves(List<TensorFile> files) {
        Map<String, List<float[]>> curves = new TreeMap<>();
        for (TensorFile file : files) {
            for (String name : file.names()) {
                if (name.startsWith(CandidateForm.CURVE)) {
                    String bare = name.substring(CandidateForm.CURVE.length());
                    curves.computeIfAbsent(bare, key -> new ArrayList<>())
                            .addAll(curve(floats(file, name), longs(floats(file, CandidateForm.LENGTHS + bare))));
                }
            }
        }
        return curves;
    }
}
