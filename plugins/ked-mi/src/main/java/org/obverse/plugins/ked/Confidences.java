package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.stream.IntStream;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.gans.PublicBatches;

/**
 * What the target thinks of every public image, asked once per image before the training: the target is fixed and in
 * evaluation mode, so asking in every step, as the published code does, would tell nothing new.
 */
final class Confidences {
    private final NDArray all;

    private Confidences(NDArray all) {
        this.all = all;
    }

    static Confidences ask(PublicBatches images, int count, StageContext context) {
        ScoreOracle target = context.target(ScoreOracle.class);
        NDList parts = new NDList();
        for (int from = 0; from < count; from += context.batch()) {
            context.checkpoint();
            int[] rows = IntStream.range(from, Math.min(count, from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                NDArray part = target.logScores(images.read(context.manager(), rows))
                        .exp()
                        .toType(DataType.FLOAT32, false);
                NDScope.unregister(part);
                parts.add(part);
            }
        }
        NDArray all = NDArrays.concat(parts);
        parts.close();
        return new Confidences(all);
    }

    /** Float32 {@code [indices.length, classes]}. */
    NDArray of(NDManager manager, int... indices) {
        return all.get(manager.create(indices));
    }
}
