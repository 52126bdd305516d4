package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
     * @param manager to attach the arrays to
     * @param generator whose search space points are of
     * @param openers of forms other than points and images, by form
     */
    public static Candidates read(
            List<TensorFile> files,
            NDManager manager,
            Generator generator,
            Map<String, Representation.Opener> openers) {
        List<Integer> classes = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        Map<String, NDList> variables = new LinkedHashMap<>();
        TreeSet<String> curves = new TreeSet<>(files.get(0).names());
        curves.removeIf(name -> !name.startsWith(CURVE));
        for (TensorFile file : files) {
            Arrays.stream(file.tensor(manager, "classes").toLongArray()).forEach(c -> classes.add((int) c));
            Arrays.stream(file.tensor(manager, "scores").toDoubleArray()).forEach(scores::add);
            for (String name : file.names()) {
                if (name.startsWith(VARIABLE)) {
                    variables.computeIfAbsent(name, key -> new NDList()).add(file.tensor(manager, name));
                }
            }
            curves.retainAll(file.names());
        }
        NDList joined = new NDList();
        variables.forEach((name, parts) -> {
            NDArray whole = parts.size() == 1 ? parts.head() : NDArrays.concat(parts, 0);
            whole.setName(name.substring(VARIABLE.length()));
            joined.add(whole);
        });
        String form = String.valueOf(files.get(0).metadata().get("form"));
        return new Candidates(
                open(form, joined, generator, openers),
                classes,
                scores,
                curves.stream().map(name -> curve(name, files, manager)).toList());
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

    private static Candidates.Curve curve(String name, List<TensorFile> files, NDManager manager) {
        List<float[]> rows = new ArrayList<>();
        for (TensorFile file : files) {
            NDArray padded = file.tensor(manager, name);
            float[] values = padded.toFloatArray();
            int length = Math.toIntExact(padded.getShape().get(1));
            for (int row = 0; row < padded.getShape().get(0); row++) {
                int from = row * length;
                int to = from + length;
                while (to > from && Float.isNaN(values[to - 1])) {
                    to--;
                }
                rows.add(Arrays.copyOfRange(values, from, to));
            }
        }
        return new Candidates.Curve(name.substring(CURVE.length()), rows);
    }
}
