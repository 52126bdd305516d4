package org.obverse.plugins.lomma;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.oracle.ScoreOracle;

/**
 * What the target says of every public image, asked once. Scores suffice at any temperature, for {@code softmax(z / τ)} is {@code
 * softmax(log p / τ)}.
 *
 * @param logScores float32 {@code [images, classes]}
 */
record Answers(NDArray logScores) {
    static Answers ask(Images images, StageContext context) {
        ScoreOracle target = context.target(ScoreOracle.class);
        NDList parts = new NDList();
        for (int from = 0; from < images.size(); from += context.batch()) {
            context.checkpoint();
            int[] rows = IntStream.range(from, Math.min(images.size(), from + context.batch()))
                    .toArray();
            try (NDScope scope = new NDScope()) {
                NDArray part =
                        target.logScores(images.read(context.manager(), rows)).toType(DataType.FLOAT32, false);
                NDScope.unregister(part);
                parts.add(part);
            }
        }
        NDArray all = NDArrays.concat(parts);
        parts.close();
        return new Answers(all);
    }

    /** The median of the first log-score minus the second one. */
    double medianMargin() {
        try (NDScope scope = new NDScope()) {
            NDArray sorted = logScores.sort(1);
            long classes = logScores.getShape().get(1);
            float[] margins = sorted.get(new NDIndex(":, {}", classes - 1))
                    .sub(sorted.get(new NDIndex(":, {}", classes - 2)))
                    .toFloatArray();
            Arrays.sort(margins);
            return margins[(margins.length - 1) / 2];
        }
    }

    /** {@code softmax(log p / τ)} of some images. */
    NDArray soft(NDManager manager, double temperature, int... rows) {
        return logScores.get(manager.create(rows)).div(temperature).softmax(1);
    }

    /** The class that the target gives each image. */
    int[] labels() {
        try (NDScope scope = new NDScope()) {
            return logScores.argMax(1).toType(DataType.INT32, false).toIntArray();
        }
    }
}
