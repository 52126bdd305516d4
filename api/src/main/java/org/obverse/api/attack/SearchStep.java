package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.obverse.api.random.RandomStream;

/** A batch of candidates in one step of an optimizer, as an {@link IdentityLoss} sees them. Of use during the step alone. */
public final class SearchStep {
    private final int number;
    private final List<Candidate> candidates;
    private final NDArray points;
    private final UnaryOperator<NDArray> view;
    private final DataType precision;
    private final List<NDArray> seen = new ArrayList<>(1);

    /**
     * @param number from 0
     * @param candidates one per point
     * @param points what is moved, or what it becomes next, {@code [N, ...]}, part of the graph
     * @param view what the model is shown of such points, {@code [N, channels, height, width]}, differentiable; the same parts of the
     *     images in every call of a step
     * @param precision float64, or float32 where the rounding of published code is wanted
     */
    public SearchStep(
            int number, List<Candidate> candidates, NDArray points, UnaryOperator<NDArray> view, DataType precision) {
        this.number = number;
        this.candidates = List.copyOf(candidates);
        this.points = points;
        this.view = view;
        this.precision = precision;
    }

    /**
     * @param row in the unit, the same in all steps
     * @param targetClass that it is to be taken for
     * @param random its own stream of this step
     */
    public record Candidate(int row, int targetClass, RandomStream random) {}

    /** From 0. */
    public int number() {
        return number;
    }

    public List<Candidate> candidates() {
        return candidates;
    }

    /** {@code [N, ...]}. */
    public NDArray points() {
        return points;
    }

    /** What the model is shown of {@link #points}, made once. */
    public NDArray images() {
        if (seen.isEmpty()) {
            seen.add(view.apply(points));
        }
        return seen.get(0);
    }

    /**
     * What the model would be shown of other points.
     *
     * @param others of the shape of {@link #points}
     */
    public NDArray images(NDArray others) {
        return view.apply(others);
    }

    /** In which losses are computed. */
    public DataType precision() {
        return precision;
    }

    /** The candidates' classes, int64 {@code [N]}. */
    public NDArray targets() {
        return points.getManager()
                .create(candidates.stream().mapToLong(Candidate::targetClass).toArray());
    }
}
