package org.obverse.plugins.dpsgd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;

/**
 * A step of DP-SGD (Abadi et al. 2016, algorithm 1):
 *
 * <pre>  g = (Σ_i g_i min(1, C / ‖g_i‖) + N(0, σ² C² I)) / B</pre>
 *
 * with the expected number B of samples, not the number in the step, which says who is in it.
 */
record ClippedGradients(DpSgd settings, Accountant accountant) implements GradientPolicy.OfSamples {
    ClippedGradients(DpSgd settings) {
        this(settings, new Accountant(settings));
    }

    @Override
    public NDArray factors(NDArray norms) {
        return norms.pow(-1).mul(settings.clip()).minimum(1);
    }

    @Override
    public NDList combine(NDList sum, double expected, RandomStream random) {
        NDList step = new NDList(sum.size());
        for (int i = 0; i < sum.size(); i++) {
            step.add(noisy(sum.get(i), random.child("tensor", i)).div(expected));
        }
        return step;
    }

    private NDArray noisy(NDArray sum, RandomStream random) {
        if (settings.noise() == 0) {
            return sum;
        }
        NDArray noise = sum.getManager().create(random.gaussians(Math.toIntExact(sum.size())), sum.getShape());
        return sum.add(noise.toType(sum.getDataType(), false).mul(settings.noise() * settings.clip()));
    }

    /** At 1/n a mechanism that gives one of n samples away whole keeps its word. */
    @Override
    public List<Problem> check(int samples) {
        return new Problems()
                .require(
                        settings.delta() * samples < 1,
                        "delta",
                        "a delta of %s allows one of %d training images to be given away whole"
                                .formatted(settings.delta(), samples),
                        "use a value well below 1/%d, such as %.0e".formatted(samples, 0.1 / samples))
                .list();
    }

    @Override
    public Map<String, Double> figures(double rate, long steps) {
        return Map.of(EPSILON, accountant.epsilon(rate, steps), DELTA, settings.delta());
    }
}
