package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import org.obverse.api.oracle.WhiteBox;

/**
 * How far images are from being recognised as their classes: what an optimizer with gradients minimises. A configuration names one by
 * a key of its own, {@code loss: poincare} or {@code loss: { use: cross-entropy, temperature: 2 }}.
 *
 * <p>A loss that looks at the model that it is given declares no access to the target: whoever gives it one does. So the same loss serves a
 * search of the target, which needs white-box access, and one of prepared networks, which needs none.
 */
public interface IdentityLoss {
    /**
     * Readies the loss for one unit. Nothing is recorded; a loss that measures something, on public images say, does so here, in
     * batches of the context and with a checkpoint in each.
     *
     * @param model that the images are shown to; the target, or a surrogate of it
     * @param context of the stage that minimises; gives what the loss itself declared. Since the loss may ask the target here, the stage
     *     calls {@link StageContext#onBudgetSpent} before
     */
    Objective begin(WhiteBox model, StageContext context);

    /** The loss of one unit. */
    interface Objective {
        /** Called while recording, once per step of a batch, or once per view where an optimizer shows several of a step. */
        Assessment at(SearchStep step);
    }

    /**
     * @param losses of each candidate, {@code [N]} of the step's precision, part of the graph, smaller is better; a candidate's own,
     *     whatever batch it is in
     * @param logits what the model said of the candidates, {@code [N, classes]}; a loss that looks elsewhere gives what comes nearest to
     *     it, for curves and scores
     */
    record Assessment(NDArray losses, NDArray logits) {}
}
