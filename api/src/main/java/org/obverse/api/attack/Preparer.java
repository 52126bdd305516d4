package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;

/**
 * The stage that trains what the search needs, once for all attacked classes.
 *
 * <p>A preparer that declares access to the target is called once per target: its result is keyed by the target's
 * fingerprint, so what was made against one model cannot be used against another. One that declares none never learns
 * anything of the target, and all targets share its result.
 *
 * <p>A preparer that declares that it needs a generator, with {@code Requirements.generator}, works with the plan's and
 * may pass it on. One that declares none makes the attack's generator, and the plan need not have one.
 */
public interface Preparer {
    /** The tensors of everything that was made, by names of its own. */
    Map<String, NDArray> prepare(StageContext context);

    /**
     * Builds networks from the tensors that {@link #prepare} returned, in this run or in an earlier one.
     *
     * @param planned the plan's generator; if the component did not declare that it needs one, every call of it throws
     *     an {@link IllegalArgumentException}
     */
    Prepared open(ParameterSource tensors, Generator planned);

    /**
     * What later stages see.
     *
     * @param generator in place of the plan's; the plan's own if that was declared and none was made
     * @param networks surrogates and the like, by name: exactly those that it declared with {@code Requirements.prepares}
     */
    record Prepared(Generator generator, Map<String, Classifier> networks) {}
}
