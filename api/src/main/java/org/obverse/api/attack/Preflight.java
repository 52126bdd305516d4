package org.obverse.api.attack;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Problem;

/**
 * A stage that can say whether it fits the networks of a run. It is asked before anything is written, and a stage behind a
 * preparer as soon as there is what that one made; what it refuses is shown like any other problem of the plan.
 */
public interface Preflight {
    /** Everything that does not fit, with paths relative to the stage's configuration; empty if all does. */
    List<Problem> check(Setting setting);

    /**
     * What a stage will work with.
     *
     * @param generator that the stage will work with; for a preparer the plan's, of which every call throws an {@link
     *     IllegalArgumentException} if the component did not declare that it needs one
     * @param input the shape of one image for the target
     * @param classes all that are attacked
     * @param batch the plan's
     */
    record Setting(Generator generator, Shape input, List<Integer> classes, int batch) {}
}
