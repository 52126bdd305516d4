package org.obverse.plugins.brep;

import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.inversion.PriorPoints;

/** What the target says of the images of points: one query per point, a batch at a time. */
final class Decisions {
    private final Generator generator;
    private final LabelOracle target;
    private final StageContext context;

    Decisions(Generator generator, StageContext context) {
        this.generator = generator;
        this.target = context.target(LabelOracle.class);
        this.context = context;
    }

    /** The class that the target sees at each point. */
    long[] at(List<float[]> points) {
        long[] labels = new long[points.size()];
        for (int from = 0; from < labels.length; from += context.batch()) {
            List<float[]> batch = points.subList(from, Math.min(labels.length, from + context.batch()));
            context.checkpoint();
            try (NDScope scope = new NDScope()) {
                PriorPoints some = PriorPoints.of(generator, batch, "", context.manager());
                long[] answers = target.labels(some.draw(1, List.of())).toLongArray();
                System.arraycopy(answers, 0, labels, from, answers.length);
            }
        }
        return labels;
    }

    /** Sets coordinates beyond the bound to it. */
    static float[] clamped(float[] point, double range) {
        float[] bounded = Arrays.copyOf(point, point.length);
        for (int i = 0; i < bounded.length; i++) {
            bounded[i] = (float) Math.max(-range, Math.min(range, bounded[i]));
        }
        return bounded;
    }
}
