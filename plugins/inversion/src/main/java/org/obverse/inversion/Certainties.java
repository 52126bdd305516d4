package org.obverse.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.ScoreOracle;

/** What the target thinks of points that a search without gradients keeps on the host: one query per point, a batch at a time. */
public final class Certainties {
    private final UnaryOperator<NDArray> images;
    private final ScoreOracle target;
    private final StageContext context;

    /**
     * @param images from points, float32 {@code [N, length]}, to images as the target takes them
     * @param context of a stage that declared {@link ScoreOracle}
     */
    public Certainties(UnaryOperator<NDArray> images, StageContext context) {
        this.images = images;
        this.target = context.target(ScoreOracle.class);
        this.context = context;
    }

    /**
     * One per point. Passes a checkpoint before every batch.
     *
     * @param points of equal length
     * @param classes one per point
     */
    public List<Certainty> of(List<float[]> points, int... classes) {
        Certainty[] found = new Certainty[classes.length];
        for (int from = 0; from < classes.length; from += context.batch()) {
            int to = Math.min(classes.length, from + context.batch());
            context.checkpoint();
            try (NDScope scope = new NDScope()) {
                NDArray scores = target.logScores(images.apply(array(points.subList(from, to), context.manager())));
                Certainty[] batch = Certainty.of(scores, Arrays.copyOfRange(classes, from, to));
                System.arraycopy(batch, 0, found, from, batch.length);
            }
        }
        return List.of(found);
    }

    /** {@code [points.size(), length]}. */
    public static NDArray array(List<float[]> points, NDManager manager) {
        int length = points.get(0).length;
        float[] values = new float[points.size() * length];
        for (int i = 0; i < points.size(); i++) {
            System.arraycopy(points.get(i), 0, values, i * length, length);
        }
        return manager.create(values, new Shape(points.size(), length));
    }

    /** The inverse of {@link #array}. */
    public static List<float[]> rows(NDArray array) {
        int length = Math.toIntExact(array.getShape().get(1));
        float[] values = array.toFloatArray();
        float[][] rows = new float[values.length / length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        }
        return List.of(rows);
    }
}
