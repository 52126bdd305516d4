package org.obverse.engine.product;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.obverse.api.attack.Candidates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a search got anywhere, and whether its ranking says anything. */
public final class Movement {
    /** The share of candidates that a search changed. */
    public static final String MOVED = "moved";

    /** The share of candidates that have the score of another one of their class. */
    public static final String TIED = "tied";

    private static final Logger LOG = LoggerFactory.getLogger(Movement.class);
    private static final String LOSS = "loss";

    private Movement() {}

    /**
     * @throws SearchDivergedException if the loss of no candidate was a number in any step, or no candidate is made of numbers
     */
    public static void requireNumbers(Candidates found) {
        boolean lost = found.curves().stream()
                .filter(curve -> curve.name().equals(LOSS))
                .anyMatch(curve -> curve.values().stream().anyMatch(row -> row.length > 0)
                        && curve.values().stream().noneMatch(Movement::hasNumber));
        if (lost) {
            throw new SearchDivergedException("the loss of every candidate was NaN or infinite in every step");
        }
        for (NDArray variable : found.representation().variables()) {
            if (variable.getDataType().isFloating() && variable.size() > 0 && isLost(variable)) {
                throw new SearchDivergedException("every candidate is NaN");
            }
        }
    }

    private static boolean isLost(NDArray variable) {
        try (NDScope scope = new NDScope()) {
            return variable.isNaN().all().getBoolean();
        }
    }

    private static boolean hasNumber(float[] row) {
        for (float value : row) {
            if (Float.isFinite(value)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The share of candidates that differ from what they were before; nothing if they are no changed candidates but others.
     * Warns if it is 0.
     *
     * @param unit for the warning
     */
    public static OptionalDouble share(Candidates before, Candidates after, String unit) {
        NDList old = before.representation().variables();
        NDList changed = after.representation().variables();
        if (!before.classes().equals(after.classes())
                || !before.representation().form().equals(after.representation().form())
                || old.size() != changed.size()) {
            return OptionalDouble.empty();
        }
        boolean[] moved = new boolean[after.size()];
        for (int i = 0; i < old.size(); i++) {
            if (!old.get(i).getShape().equals(changed.get(i).getShape())) {
                return OptionalDouble.empty();
            }
            mark(old.get(i), changed.get(i), moved);
        }
        int count = 0;
        for (boolean one : moved) {
            count += one ? 1 : 0;
        }
        if (count == 0) {
            LOG.warn("{} moved none of its {} candidates", unit, after.size());
        }
        return OptionalDouble.of((double) count / moved.length);
    }

    private static void mark(NDArray old, NDArray changed, boolean[] moved) {
        try (NDScope scope = new NDScope()) {
            long[] differing = old.reshape(moved.length, -1)
                    .neq(changed.reshape(moved.length, -1))
                    .toType(DataType.INT32, false)
                    .sum(new int[] {1})
                    .toLongArray();
            for (int i = 0; i < moved.length; i++) {
                moved[i] |= differing[i] > 0;
            }
        }
    }

    /**
     * The share of candidates that their stage scored as high as another one of their class, of those that have a score: their order says
     * nothing. Nothing if no class has two of them.
     */
    public static OptionalDouble tied(Candidates found) {
        Map<Integer, Map<Double, Integer>> byClass = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            double score = found.scores().get(i);
            if (!Double.isNaN(score)) {
                // Adding 0 makes one score of -0 and 0.
                byClass.computeIfAbsent(found.classes().get(i), key -> new HashMap<>())
                        .merge(score + 0.0, 1, Integer::sum);
            }
        }
        int ranked = 0;
        int tied = 0;
        for (Map<Double, Integer> scores : byClass.values()) {
            int all = scores.values().stream().mapToInt(count -> count).sum();
            ranked += all > 1 ? all : 0;
            tied += scores.values().stream()
                    .mapToInt(count -> count > 1 ? count : 0)
                    .sum();
        }
        return ranked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) tied / ranked);
    }
}
