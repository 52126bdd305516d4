package org.obverse.api.generator;

import org.obverse.api.network.Parameters;

/** A configured generator, before its weights are known. */
public interface GeneratorArchitecture {
    /** Where the plan says that the weights are: a location for {@code Resources.weights}; empty if it trains them. */
    String weights();

    /**
     * @param parameters every tensor is asked for under its published name
     */
    Generator build(Parameters parameters);
}
