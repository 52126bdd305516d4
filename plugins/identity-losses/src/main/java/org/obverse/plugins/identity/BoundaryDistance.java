package org.obverse.plugins.identity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Resources;

/**
 * The negative distance of the image from the decision boundary, to first order as DeepFool estimates it (Moosavi-Dezfooli et al.,
 * CVPR 2016): {@code −m / ‖∇ₓ m‖₂} with m the class's logit minus the strongest other one. It does not see the scale of the logits, and
 * prefers flat regions to steep ones. Differentiates through a gradient, which costs about two and a half times a plain loss.
 */
final class BoundaryDistance implements IdentityLoss {
    /** Keeps the root differentiable where the margin does not change at all. */
    private static final double LEAST_SQUARE = 1e-24;

    private final Resources resources;

    BoundaryDistance(Resources resources) {
        this.resources = resources;
    }

    @Override
    public Objective begin(WhiteBox model, StageContext context) {
        return step -> {
            NDArray images = step.images();
            NDArray logits = model.forward(images).logits();
            NDArray behind = LogitLoss.MAX_MARGIN.perSample(
                    resources.operators().cast(logits, step.precision()), step.targets(), resources.operators());
            NDArray slopes = resources
                    .gradients()
                    .differentiable(behind.sum(), new NDList(images))
                    .head();
            NDArray steepness = resources
                    .operators()
                    .cast(slopes, step.precision())
                    .reshape(images.getShape().get(0), -1)
                    .square()
                    .sum(new int[] {1})
                    .add(LEAST_SQUARE)
                    .sqrt();
            return new Assessment(behind.div(steepness), logits);
        };
    }
}
