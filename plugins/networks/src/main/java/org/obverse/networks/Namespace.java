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
 * @param start what fresh tensors begin with
 */
public record Namespace(Parameters parameters, Operators operators, String prefix, Start start) {
    /** Chooses the first values of a tensor. */
    @FunctionalInterface
    public interface Start {
        /**
         * @param name in full
         * @param usual what the layer begins with by itself
         */
        Initial of(String name, Initial usual);
    }

    /** The whole state dict; every layer begins as it does by itself. */
    public static Namespace root(Parameters parameters, Operators operators) {
        return new Namespace(parameters, operators, "", (name, usual) -> usual);
    }

    /** The same part with other first values, such as those of a file. */
    public Namespace startingFrom(Start other) {
        return new Namespace(parameters, operators, prefix, other);
    }

    /** The part of a layer or block, such as {@code layer1.0}. */
    public Namespace in(String part) {
        return new Namespace(parameters, operators, prefix + part + ".", start);
    }

    NDArray weight(String name, Shape shape, Initial initial) {
        return parameters.weight(prefix + name, shape, start.of(prefix + name, initial));
    }

    NDArray buffer(String name, Shape shape, Initial initial) {
        return parameters.buffer(prefix + name, shape, start.of(prefix + name, initial));
    }
}
