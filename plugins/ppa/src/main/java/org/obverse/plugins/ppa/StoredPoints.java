package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Mapped;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;

/** Start points from a file, such as those of an earlier run: the reference's {@code candidate_file}. */
final class StoredPoints implements Sampler {
    private static final String TENSOR = "points";

    private final int candidates;
    private final ParameterSource file;

    StoredPoints(int candidates, ParameterSource file) {
        this.candidates = candidates;
        this.file = file;
    }

    @Override
    public Candidates sample(StageContext context) {
        Mapped generator = (Mapped) context.generator();
        List<Integer> classes = context.classes().stream()
                .flatMap(target -> Collections.nCopies(candidates, target).stream())
                .toList();
        Shape shape = new Shape(classes.size(), generator.rows(), generator.styleSize());
        NDArray points = file.tensor(context.manager(), TENSOR, shape, Initial.constant(0));
        return new Candidates(
                new LatentPoints(generator, points),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
