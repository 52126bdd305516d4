package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.obverse.api.tensor.Operators;

/**
 * Losses of the logits o of a model at the target class y. Smaller is better; the cross-entropy and Poincaré losses are at least 0, the others are unbounded on both sides.
 */
enum LogitLoss {
    /**
     * The Poincaré distance of the l1-normalised logits from the class's corner (Struppek et al., "Plug &amp; Play
     * Attacks", ICML 2022; ξ from its published code): with u = o / ‖o‖₁, v = (1 − ξ) e_y and ξ = 1e-4,
     * {@code arccosh(1 + 2‖u − v‖² / ((1 − ‖u‖²)(1 − ‖v‖²)))}. It does not change when the logits are scaled. Infinite
     * if only one logit differs from 0, NaN if none does, as in the reference.
     */
    POINCARE {
        @Override
        NDArray of(NDArray logits, NDArray target, Operators operators) {
            NDArray u = logits.div(logits.abs().sum(CLASSES, true));
            NDArray v = target.mul(1 - XI);
            NDArray delta = squaredNorm(u.sub(v))
                    .mul(2)
                    .div(squaredNorm(u).neg().add(1).mul(squaredNorm(v).neg().add(1)));
            return operators.acosh(delta.add(1));
        }
    },

    /**
     * {@code −log softmax(o)_y}. Its gradient vanishes as the target grows certain. Classes that are less likely than the likeliest by a factor
     * of more than {@code e^60} have none: the loss stays the same to the last bit, and numbers near the smallest there are would make the way
     * back through the networks five times as slow on some processors.
     */
    CROSS_ENTROPY {
        @Override
        NDArray of(NDArray logits, NDArray target, Operators operators) {
            NDArray floor = logits.stopGradient().max(CLASSES, true).sub(UNLIKELY);
            NDArray likely = logits.maximum(floor.sub(target.mul(EXCLUDED)));
            return entryOf(likely.logSoftmax(1), target).neg();
        }
    },

    /** {@code max over j ≠ y of o_j, minus o_y} (Yuan et al., "Pseudo Label-Guided Model Inversion", AAAI 2023). */
    MAX_MARGIN {
        @Override
        NDArray of(NDArray logits, NDArray target, Operators operators) {
            NDArray others = logits.sub(target.mul(EXCLUDED));
            return others.max(CLASSES).sub(entryOf(logits, target));
        }
    },

    /** {@code −o_y} (Nguyen et al., "Re-thinking Model Inversion Attacks", CVPR 2023, without its regulariser). */
    LOGIT {
        @Override
        NDArray of(NDArray logits, NDArray target, Operators operators) {
            return entryOf(logits, target).neg();
        }
    };

    private static final int[] CLASSES = {1};
    private static final double XI = 1e-4;
    private static final double EXCLUDED = 1e30;
    private static final double UNLIKELY = 60;

    /**
     * The loss of each sample, of the logits' type; part of the graph if the thread is recording.
     *
     * @param logits floating-point {@code [N, classes]}
     * @param targets int64 {@code [N]}
     * @return {@code [N]}
     */
    NDArray perSample(NDArray logits, NDArray targets, Operators operators) {
        DataType type = logits.getDataType();
        int classes = Math.toIntExact(logits.getShape().get(1));
        return of(logits, targets.oneHot(classes, type), operators);
    }

    /**
     * @param target {@code [N, classes]}, one at the target class
     */
    abstract NDArray of(NDArray logits, NDArray target, Operators operators);

    /** The reference squares a norm; in float32, 1 − ‖v‖² = 2e-4 shows that roundoff. */
    private static NDArray squaredNorm(NDArray rows) {
        return rows.norm(CLASSES, false).square();
    }

    private static NDArray entryOf(NDArray rows, NDArray target) {
        return rows.mul(target).sum(CLASSES);
    }
}
