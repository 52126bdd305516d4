package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.networks.Namespace;

/**
 * A body of which some stages are of residual blocks.
 *
 * @param stages in order, at least one
 */
record ResidualBody(List<Blocks> stages, Plan plan, ScaledShortcuts shortcuts) implements Design.BodyPlan {
    /**
     * The blocks of a stage.
     *
     * @param stage its name
     * @param projection what the names of the tensors begin with of a shortcut that changes channels or extent
     * @param identities how many of the shortcuts are the identity
     */
    record Blocks(String stage, String projection, int identities) {}

    /** Makes the body with shortcuts that may be scaled. */
    interface Plan {
        Body body(Shape input, Namespace root, ScaledShortcuts shortcuts);
    }

    ResidualBody(List<Blocks> stages, Plan plan) {
        this(stages, plan, ScaledShortcuts.WHOLE);
    }

    @Override
    public Body body(Shape input, Namespace root) {
        return plan.body(input, root, shortcuts);
    }
}
