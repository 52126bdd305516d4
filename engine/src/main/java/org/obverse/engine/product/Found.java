package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.generator.Generator;
import org.obverse.engine.artifact.TensorFile;

/** The candidates that one unit of a stage found. */
public sealed interface Found {
    /**
     * Just found.
     *
     * @param queries to the target, by kind of question
     * @param figures of the search itself, by name
     */
    record Fresh(Candidates candidates, Map<String, Long> queries, Map<String, Double> figures) implements Found {}

    /**
     * In the store, to be read by those who want them.
     *
     * @param generator whose search space points are of
     * @param openers of forms other than points and images, by form
     */
    record Stored(TensorFile file, Generator generator, Map<String, Representation.Opener> openers) implements Found {
        /** Images that the unit asked the target about, by kind of question. */
        public Map<String, Long> queries() {
            return ProductForm.queries(file);
        }

        /** The class of each candidate. */
        public List<Integer> classes(NDManager manager) {
            try (NDArray stored = file.tensor(manager, CandidateForm.CLASSES)) {
                return Arrays.stream(stored.toLongArray())
                        .mapToObj(Math::toIntExact)
                        .toList();
            }
        }
    }

    /**
     * The candidates of several units of one stage, as one.
     *
     * @param found in the order of the units, all stored
     * @param classes whose candidates are read, in this order; empty for all
     * @param manager to attach the arrays to
     * @param way whether snapshots are read as well
     */
    static Candidates read(List<Found> found, List<Integer> classes, NDManager manager, StoredCandidates.Way way) {
        List<Stored> stored = found.stream().map(Stored.class::cast).toList();
        return StoredCandidates.read(
                stored.stream().map(Stored::file).toList(),
                classes,
                manager,
                stored.get(0).generator(),
                stored.get(0).openers(),
                way);
    }
}
