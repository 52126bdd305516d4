package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.random.RandomStream;

/** The steps of a search as its identity loss sees them. */
public final class SearchSteps {
    private final List<Integer> classes;
    private final List<RandomStream> streams = new ArrayList<>();

    /**
     * @param start the candidates of the unit
     * @param random the stage's stream
     */
    public SearchSteps(Candidates start, RandomStream random) {
        this.classes = start.classes();
        for (int row = 0; row < start.size(); row++) {
            streams.add(start.stream(random, row).child("loss"));
        }
    }

    /**
     * @param number from 0
     * @param seen which of several views of the same step, from 0
     * @param rows the candidates of the batch
     * @param points {@code [rows.length, ...]}, part of the graph
     * @param view what the model is shown of points
     * @param precision in which losses are computed
     */
    public SearchStep at(
            int number, int seen, int[] rows, NDArray points, UnaryOperator<NDArray> view, DataType precision) {
        List<Candidate> candidates = IntStream.of(rows)
                .mapToObj(row -> new Candidate(row, classes.get(row), stream(row, number, seen)))
                .toList();
        return new SearchStep(number, candidates, points, view, precision);
    }

    private RandomStream stream(int row, int number, int seen) {
        RandomStream ofStep = streams.get(row).child("step", number);
        return seen == 0 ? ofStep : ofStep.child("view", seen);
    }

    /** Of one view, with losses in float64. */
    public SearchStep at(int number, int[] rows, NDArray points, UnaryOperator<NDArray> view) {
        return at(number, 0, rows, points, view, DataType.FLOAT64);
    }
}
