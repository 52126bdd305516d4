package org.obverse.plugins.stylegan2;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Staged;
import org.obverse.api.generator.Truncation;
import org.obverse.api.generator.Windowed;
import org.obverse.api.tensor.Box;

/** A generator of frozen weights; what else it can do beside generating is its type. */
sealed interface FrozenGenerator extends Staged, Windowed {
    Frozen frozen();

    /**
     * A generator's effective weights.
     *
     * @param average of w over the prior, {@code [style]}
     */
    record Frozen(
            Dimensions dimensions,
            Mapping.Effective mapping,
            NDArray average,
            Synthesis.Effective synthesis,
            PointNoise noise) {
        /** One row of w per sample, {@code [N, style]}, repeated and truncated: {@code [N, rows, style]}. */
        NDArray rows(NDArray w, Truncation truncation) {
            int rows = dimensions.rows();
            int cut = truncation.psi() == 1 ? 0 : Math.min(truncation.cutoff(), rows);
            NDArray row = w.expandDims(1);
            NDArray free = row.repeat(1, rows - cut);
            if (cut == 0) {
                return free;
            }
            NDArray truncated =
                    row.sub(average).mul(truncation.psi()).add(average).repeat(1, cut);
            return cut == rows ? truncated : truncated.concat(free, 1);
        }
    }

    /** Nothing beside generating. */
    record Plain(Frozen frozen) implements FrozenGenerator {}

    /** With conditions. */
    record WithConditions(Frozen frozen) implements FrozenGenerator, Conditional {
        @Override
        public int conditions() {
            return frozen.dimensions().conditions();
        }

        @Override
        public NDArray locate(NDArray z, int[] condition) {
            return frozen.rows(frozen.mapping().apply(z, condition), Truncation.NONE);
        }
    }

    /** With a discriminator. */
    record WithCritic(Frozen frozen, Discriminator.Effective critic) implements FrozenGenerator, Criticized {
        @Override
        public NDArray realness(NDArray images) {
            return critic.apply(images);
        }

        @Override
        public int groupSize() {
            return critic.deviation().size();
        }
    }

    /** With conditions and a discriminator, which judges images as of no condition. */
    record WithConditionsAndCritic(WithConditions conditional, WithCritic criticized)
            implements FrozenGenerator, Conditional, Criticized {
        @Override
        public Frozen frozen() {
            return conditional.frozen();
        }

        @Override
        public int conditions() {
            return conditional.conditions();
        }

        @Override
        public NDArray locate(NDArray z, int[] condition) {
            return conditional.locate(z, condition);
        }

        @Override
        public NDArray realness(NDArray images) {
            return criticized.realness(images);
        }

        @Override
        public int groupSize() {
            return criticized.groupSize();
        }
    }

    @Override
    default int latentSize() {
        return frozen().dimensions().latent();
    }

    @Override
    default Shape image() {
        int side = frozen().dimensions().side();
        return new Shape(3, side, side);
    }

    @Override
    default Shape searchSpace() {
        return new Shape(rows(), styleSize());
    }

    @Override
    default int rows() {
        return frozen().dimensions().rows();
    }

    @Override
    default int styleSize() {
        return frozen().dimensions().style();
    }

    /** {@inheritDoc} A conditional generator sees the label vector 0. */
    @Override
    default NDArray locate(NDArray z) {
        return map(z, Truncation.NONE);
    }

    /** {@inheritDoc} A conditional generator sees the label vector 0. */
    @Override
    default NDArray map(NDArray z, Truncation truncation) {
        return frozen().rows(frozen().mapping().apply(z), truncation);
    }

    @Override
    default NDArray generate(NDArray points) {
        return frozen().synthesis().apply(points, frozen().noise().at(points));
    }

    @Override
    default NDArray generate(NDArray points, Box window) {
        Region region = Region.of(frozen().dimensions().side(), window);
        return frozen().synthesis().apply(points, frozen().noise().at(points), region);
    }

    @Override
    default int blocks() {
        return frozen().synthesis().blocks().size();
    }

    @Override
    default NDList run(int block, NDList features, NDArray points) {
        return frozen().synthesis()
                .run(block, features, points, frozen().noise().at(points));
    }
}
