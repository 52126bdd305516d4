package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.tensor.Operators;

/** A loss that needs to know nothing but the model's logits for the candidates. */
final class LossOfLogits implements IdentityLoss {
    private final Formula formula;
    private final Operators operators;

    LossOfLogits(Formula formula, Operators operators) {
        this.formula = formula;
        this.operators = operators;
    }

    /** {@code CE(o / T, y)}; at T = 1 to the bit the plain one. */
    static LossOfLogits crossEntropy(double temperature, Operators operators) {
        return new LossOfLogits(
                (logits, targets, ops) -> LogitLoss.CROSS_ENTROPY.perSample(logits.div(temperature), targets, ops),
                operators);
    }

    /** The loss of each row. */
    @FunctionalInterface
    interface Formula {
        /**
         * @param logits {@code [N, classes]}
         * @param targets int64 {@code [N]}
         * @return {@code [N]}
         */
        NDArray of(NDArray logits, NDArray targets, Operators operators);
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        return step -> {
            NDArray logits = model.forward(step.images()).logits();
            NDArray losses = formula.of(operators.cast(logits, step.precision()), step.targets(), operators);
            return new Assessment(losses, logits);
        };
    }
}
