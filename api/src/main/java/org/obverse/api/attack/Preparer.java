package org.obverse.api.attack;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;

/**
 * The stage that trains what the search needs. It is called once per target: the result is keyed by the target's
 * fingerprint, so what was made against one model cannot be used against another.
 */
public interface Preparer {
    /** The tensors of everything that was made, by names of its own. */
    Map<String, NDArray> prepare(StageContext context);

    /**
     * Builds networks from the tensors that {@link #prepare} returned, in this run or in an earlier one.
     *
     * @param planned the plan's generator
     */
    Prepared open(ParameterSource tensors, Generator planned);

    /**
     * What later stages see.
     *
     * @param generator in place of the plan's; the plan's own if none was made
     * @param networks surrogates and the like, by name
     */
    record Prepared(Generator generator, Map<String, Classifier> networks) {}
}
