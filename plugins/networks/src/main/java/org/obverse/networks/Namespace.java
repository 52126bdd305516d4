package org.obverse.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Operators;

/**
 * A part of a state dict under construction: layers take their tensors from it under names that begin with its prefix,
 * in the order in which they are made.
 *
 * @param prefix empty, or a name that ends with a dot
 */
public record Namespace(Parameters parameters, Operators operators, String prefix) {
    /** The whole state dict. */
    public static Namespace root(Parameters parameters, Operators operators) {
        return new Namespace(parameters, operators, "");
    }

    /** The part of a layer or block, such as {@code layer1.0}. */
    public Namespace in(String part) {
        return new Namespace(parameters, operators, prefix + part + ".");
    }

    NDArray weight(String name, Shape shape, Initial initial) {
        return parameters.weight(prefix + name, shape, initial);
    }

    NDArray buffer(String name, Shape shape, Initial initial) {
        return parameters.buffer(prefix + name, shape, initial);
    }
}
