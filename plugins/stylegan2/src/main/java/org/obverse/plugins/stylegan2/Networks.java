package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.Predicate;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * The weights of a generator, asked for in the order of the official state dict.
 *
 * @param average of w over the prior, {@code [style]}
 */
record Networks(Synthesis synthesis, NDArray average, Mapping mapping) {
    static final String MAPPING = "mapping";
    static final Predicate<String> IS_MAPPING = name -> name.startsWith(MAPPING);

    static Networks of(Operators operators, Parameters parameters, Dimensions dimensions) {
        Synthesis synthesis = new Synthesis(operators, parameters, dimensions);
        NDArray average = parameters.buffer(MAPPING + ".w_avg", new Shape(dimensions.style()), Initial.constant(0));
        Mapping mapping = new Mapping(
                operators,
                parameters,
                MAPPING,
                dimensions.latent(),
                dimensions.conditions(),
                dimensions.style(),
                dimensions.mappingLayers());
        return new Networks(synthesis, average, mapping);
    }
}
