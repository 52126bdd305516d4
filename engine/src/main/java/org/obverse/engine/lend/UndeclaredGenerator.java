package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/**
 * Stands where a stage would be handed a generator without having declared that it needs one: there may be none, and a
 * preparer's unit does not depend on one.
 *
 * @param component its name
 */
public record UndeclaredGenerator(String component) implements Generator {
    @Override
    public int latentSize() {
        throw refusal();
    }

    @Override
    public Shape image() {
        throw refusal();
    }

    @Override
    public Shape searchSpace() {
        throw refusal();
    }

    @Override
    public NDArray locate(NDArray z) {
        throw refusal();
    }

    @Override
    public NDArray generate(NDArray points) {
        throw refusal();
    }

    /** What every call of it throws. */
    public IllegalArgumentException refusal() {
        return new IllegalArgumentException("component '" + component + "' works with a generator and did not declare"
                + " it; declare Requirements.generator(Generator.class), or make a generator");
    }
}
