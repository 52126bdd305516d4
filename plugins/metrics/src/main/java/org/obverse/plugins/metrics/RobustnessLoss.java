package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.tensor.Operators;

/** What an adversarial example climbs, from the logits in float64. */
enum RobustnessLoss {
    /** {@code -log p_y} (Madry et al. 2018). Its gradient is as small as {@code 1 - p_y}. */
    CROSS_ENTROPY("cross-entropy") {
        @Override
        NDArray of(NDArray logits, int[] labels, Operators operators) {
            return at(operators.cast(logits, DataType.FLOAT64).logSoftmax(1), i -> labels[i])
                    .neg();
        }
    },
    /**
     * The difference of logits ratio {@code -(z_y - max_{k≠y} z_k) / (z_π1 - z_π3)}, π1 and π3 the largest and the third largest logit (Croce
     * and Hein 2020, eq. 6, with their 1e-12 below). Two classes have no third: of them it is {@code -(z_y - max_{k≠y} z_k)}.
     */
    DIFFERENCE_OF_LOGITS_RATIO("DLR") {
        @Override
        NDArray of(NDArray logits, int[] labels, Operators operators) {
            NDArray z = operators.cast(logits, DataType.FLOAT64);
            int[][] order = order(logits);
            NDArray lead = at(z, i -> order[i][0] == labels[i] ? order[i][1] : order[i][0])
                    .sub(at(z, i -> labels[i]));
            if (z.getShape().get(1) < RANKS) {
                return lead;
            }
            return lead.div(
                    at(z, i -> order[i][0]).sub(at(z, i -> order[i][RANKS - 1])).add(TINY));
        }
    };

    private static final int RANKS = 3;
    private static final double TINY = 1e-12;

    final String label;

    RobustnessLoss(String label) {
        this.label = label;
    }

    /**
     * @param logits {@code [N, classes]} of at least two classes, with their graph
     * @param labels of the images
     * @return float64 {@code [N]}, larger the wronger, part of the graph
     */
    abstract NDArray of(NDArray logits, int[] labels, Operators operators);

    /** One entry of each row. */
    private static NDArray at(NDArray z, IntUnaryOperator column) {
        NDManager manager = z.getManager();
        long[] columns = IntStream.range(0, Math.toIntExact(z.getShape().get(0)))
                .map(column)
                .asLongStream()
                .toArray();
        int classes = Math.toIntExact(z.getShape().get(1));
        return z.mul(manager.create(columns).oneHot(classes, DataType.FLOAT64)).sum(new int[] {1});
    }

    /** The largest logits of each row, up to three, the largest first. */
    private static int[][] order(NDArray logits) {
        double[] flat = logits.toType(DataType.FLOAT64, false).toDoubleArray();
        int classes = Math.toIntExact(logits.getShape().get(1));
        int[][] order = new int[flat.length / classes][];
        for (int row = 0; row < order.length; row++) {
            int from = row * classes;
            order[row] = IntStream.range(0, classes)
                    .boxed()
                    .sorted((a, b) -> Double.compare(flat[from + b], flat[from + a]))
                    .limit(RANKS)
                    .mapToInt(c -> c)
                    .toArray();
        }
        return order;
    }
}
