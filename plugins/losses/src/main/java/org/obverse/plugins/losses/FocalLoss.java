package org.obverse.plugins.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * {@code -(1 - p_y)^γ log p_y} of each sample (Lin et al. 2017, arXiv 1708.02002, equation 4, without its class weights),
 * and of the auxiliary head beside it, where the network has one, as the cross-entropy has.
 *
 * <p>{@code log(1 - p_y)} is a log-sum-exp over the other classes, so that loss and gradient are finite for every γ,
 * also where p_y is 1 in float32. The exponent of FLSD-53 is a constant to the gradient, as in the published code.
 */
record FocalLoss(Focal settings) implements LossTerm {
    /** Subtracted from the label's logit, it leaves nothing of the label in a sum of exponentials. */
    private static final double OUT = 1e30;

    @Override
    public Set<String> taps() {
        return Set.of();
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public Role role() {
        return Role.INSTEAD_OF_CROSS_ENTROPY;
    }

    /**
     * @throws InvalidConfigurationException if a row of {@code targets} is not one class alone
     */
    @Override
    public NDArray loss(NDArray images, Activations activations, NDArray targets, NDArray labels) {
        requireHard(targets);
        NDArray loss = focal(activations.logits(), targets);
        NDArray auxiliary = activations.taps().get(Tap.AUXILIARY);
        if (auxiliary == null) {
            return loss;
        }
        Shape beyond = new Shape(
                targets.getShape().get(0),
                auxiliary.getShape().get(1) - targets.getShape().get(1));
        NDArray never = targets.getManager().zeros(beyond, targets.getDataType());
        return loss.add(focal(auxiliary, targets.concat(never, 1)));
    }

    private static void requireHard(NDArray targets) {
        if (targets.mul(targets.sub(1))
                        .abs()
                        .max()
                        .toType(DataType.FLOAT32, false)
                        .getFloat()
                != 0) {
            throw new InvalidConfigurationException(new Problem(
                    "defense",
                    "'" + Focal.NAME
                            + "' is defined for labels of one class, and another defense smooths or mixes them",
                    "drop the other defense, such as 'mixup', or '" + Focal.NAME + "'"));
        }
    }

    private NDArray focal(NDArray logits, NDArray oneHot) {
        NDArray logs = logits.logSoftmax(1);
        NDArray logP = logs.mul(oneHot).sum(new int[] {1});
        NDArray logRest = logSumExp(logs.sub(oneHot.mul(OUT)));
        NDArray power = switch (settings.focus()) {
            case CONSTANT -> logRest.mul(settings.gamma());
            case FLSD_53 -> logRest.mul(sampleDependent(logP));
        };
        return power.exp().mul(logP).neg();
    }

    private static NDArray sampleDependent(NDArray logP) {
        return logP.lt(Math.log(0.2)).toType(logP.getDataType(), false).mul(2).add(3);
    }

    private static NDArray logSumExp(NDArray rows) {
        NDArray most = rows.max(new int[] {1}, true);
        return rows.sub(most).exp().sum(new int[] {1}, true).log().add(most).squeeze(1);
    }
}
