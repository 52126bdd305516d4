package org.obverse.engine.lend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Generator;

/**
 * Stands where a preparer is handed the plan's generator without having declared that it needs one: there may be none, and
 * its unit's digest does not depend on one.
 *
 * @param preparer the component's name
 */
public record UndeclaredGenerator(String preparer) implements Generator {
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
        return new IllegalArgumentException(
                "preparer '" + preparer + "' works with the plan's generator and did not declare"
                        + " it; declare Requirements.generator(Generator.class), or make a generator");
    }
}
