package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Start points from a file, such as an artifact of an earlier run: the reference's {@code candidate_file}. A point has a style for each
 * row of the generator, or one for all of them, as searches of {@code w} leave it.
 */
final class StoredPoints implements Sampler, Preflight {
    private static final String TENSOR = "points";
    /** What a run's own artifact calls it. */
    private static final String VARIABLE = "variable.points";

    private final int candidates;
    private final ParameterSource file;
    private final NDManager manager;

    /**
     * @param manager to look at the file's points with; nothing stays attached to it
     */
    StoredPoints(int candidates, ParameterSource file, NDManager manager) {
        this.candidates = candidates;
        this.file = file;
        this.manager = manager;
    }

    /** That the file has such a tensor, with a point for each candidate of each class. */
    @Override
    public List<Problem> check(Setting setting) {
        try (NDManager looking = manager.newSubManager()) {
            points(looking, (Mapped) setting.generator(), setting.classes().size() * candidates);
            return List.of();
        } catch (InvalidConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> new Problem("file", problem.path() + ": " + problem.message(), problem.wayOut()))
                    .toList();
        }
    }

    @Override
    public Candidates sample(StageContext context) {
        Mapped generator = (Mapped) context.generator();
        List<Integer> classes = context.classes().stream()
                .flatMap(target -> Collections.nCopies(candidates, target).stream())
                .toList();
        return new Candidates(
                new LatentPoints(generator, points(context.manager(), generator, classes.size())),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }

    private NDArray points(NDManager to, Mapped generator, int count) {
        String name = file.names().contains(VARIABLE) && !file.names().contains(TENSOR) ? VARIABLE : TENSOR;
        try {
            return points(to, name, new Shape(count, generator.rows(), generator.styleSize()));
        } catch (InvalidConfigurationException e) {
            try {
                return points(to, name, new Shape(count, 1, generator.styleSize()));
            } catch (InvalidConfigurationException neither) {
                throw e;
            }
        }
    }

    private NDArray points(NDManager to, String name, Shape shape) {
        return file.tensor(to, name, shape, Initial.constant(0));
    }
}
