package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;

/** One candidate per class, always at the same point. */
record StartSampler(StartPoint start) implements Sampler {
    @Override
    public Candidates sample(StageContext context) {
        List<Integer> classes = context.classes();
        NDArray point = context.manager().create(new float[][] {{(float) start.x(), (float) start.y()}});
        return new Candidates(
                new LatentPoints(context.generator(), point.repeat(0, classes.size())),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
