package org.obverse.engine.graph;

import java.util.List;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;

/**
 * A piece of work with one product, which knows all about itself: the grain of reuse, of resuming and of parallel work.
 * Whoever drives it knows nothing of what it is.
 *
 * @param <P> its product, as those who read it see it
 */
public interface Unit<P> {
    UnitName name();

    /** The name of the component that fills the slot. */
    String component();

    /** The products that it reads, in an order that belongs to its identity. */
    List<Input<?>> inputs();

    /** All that its value depends on beside its inputs. */
    Ingredients ingredients();

    /**
     * Says whether all that it needs fits together; called once, before anything is written and after all its inputs were
     * asked.
     *
     * @param known what its inputs told of their products; it adds what it learns of its own
     * @return everything that is wrong, with lines of the plan
     * @throws org.obverse.api.plugin.InvalidConfigurationException if it is about files that are not there
     */
    List<Problem> check(Known known);

    /**
     * Does the work, on a place's thread. The product need not outlive what the {@code context} was given to own.
     *
     * @param inputs the opened products of exactly {@link #inputs}
     */
    P perform(Inputs inputs, UnitContext context) throws Exception;

    /** How the product is stored and opened again. */
    Codec<P> codec();
}
