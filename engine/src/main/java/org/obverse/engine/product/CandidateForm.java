package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.event.Summary;
import org.obverse.api.generator.Generator;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Tensors;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Lifetime;

/**
 * How candidates are stored: the variables of their representation as {@code variable.NAME}, {@code classes [N]}, {@code
 * scores [N]}, and of each curve {@code curve.NAME [N, T]} with {@code curve-lengths.NAME [N]}: what stands behind a row's
 * length is padding. Of each snapshot the variables as {@code snapshot.STEP.NAME}.
 *
 * @param generator that the representation is opened with, among the unit's inputs
 * @param facts that the artifact says beside what the unit asked of the target
 */
public record CandidateForm(
        Function<Inputs, Generator> generator, Map<String, Representation.Opener> openers, Map<String, String> facts)
        implements Codec<Found> {
    static final String VARIABLE = "variable.";
    static final String SNAPSHOT = "snapshot.";
    static final String CURVE = "curve.";
    static final String LENGTHS = "curve-lengths.";
    static final String FORM = "form";
    static final String CLASSES = "classes";

    /** Candidates that say no more of themselves. */
    public CandidateForm(Function<Inputs, Generator> generator, Map<String, Representation.Opener> openers) {
        this(generator, openers, Map.of());
    }

    @Override
    public Content encode(Found product) {
        Found.Fresh fresh = fresh(product);
        Candidates candidates = fresh.candidates();
        Representation representation = candidates.representation();
        NDList variables = representation.variables();
        NDManager manager = variables.head().getManager();
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (NDArray variable : variables) {
            tensors.put(VARIABLE + variable.getName(), variable);
        }
        for (Candidates.Snapshot snapshot : candidates.snapshots()) {
            for (NDArray variable : snapshot.representation().variables()) {
                tensors.put(SNAPSHOT + snapshot.step() + "." + variable.getName(), variable);
            }
        }
        tensors.put(
                CLASSES,
                manager.create(candidates.classes().stream().mapToLong(c -> c).toArray()));
        tensors.put(
                "scores",
                manager.create(
                        candidates.scores().stream().mapToDouble(score -> score).toArray()));
        for (Candidates.Curve curve : candidates.curves()) {
            tensors.put(CURVE + curve.name(), padded(manager, curve.values()));
            tensors.put(
                    LENGTHS + curve.name(),
                    manager.create(
                            curve.values().stream().mapToLong(row -> row.length).toArray()));
        }
        Map<String, String> said = new LinkedHashMap<>(facts);
        said.put(FORM, representation.form());
        return new Tensors(tensors, ProductForm.asked("candidates", said, fresh.queries()));
    }

    private static NDArray padded(NDManager manager, List<float[]> rows) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        float[] values = new float[rows.size() * longest];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * longest, rows.get(i).length);
        }
        return manager.create(values, new Shape(rows.size(), longest));
    }

    private static Found.Fresh fresh(Found product) {
        if (product instanceof Found.Fresh fresh) {
            return fresh;
        }
        throw new IllegalArgumentException("candidates from the store are stored already");
    }

    @Override
    public Summary summary(Found product) {
        Found.Fresh fresh = fresh(product);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("candidates", (double) fresh.candidates().size());
        double[] scores = fresh.candidates().scores().stream()
                .mapToDouble(score -> score)
                .filter(Double::isFinite)
                .toArray();
        if (scores.length > 0) {
            figures.put("best score", Arrays.stream(scores).max().orElseThrow());
            figures.put("mean score", Arrays.stream(scores).sum() / scores.length);
        }
        figures.putAll(fresh.figures());
        return new Summary(figures, fresh.queries(), List.of());
    }

    @Override
    public Found decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
        return new Found.Stored(artifact.tensors(), generator.apply(inputs), openers);
    }
}
