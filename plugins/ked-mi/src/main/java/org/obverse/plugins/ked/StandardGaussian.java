package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * Every class begins with the same distribution, μ = 0 and log σ² = 1, as the published code does (the standard deviation
 * is √e, not 1). Nothing is drawn and the target is not asked.
 */
record StandardGaussian(Settings settings) implements Sampler, Representation.Opener {
    static final String NAME = "standard-gaussian";

    /** Where {@code standard-gaussian} begins. */
    record Settings(
            @Meaning("distributions per class, which differ in what is drawn from them")
            int candidates,

            @Meaning("logarithm of the variance of every coordinate of z; 1 as published, 0 is the prior")
            double logVariance)
            implements Checked {
        static final Settings DEFAULT = new Settings(1, 1);

        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "candidates", candidates)
                    .require(
                            Double.isFinite(logVariance),
                            "log-variance",
                            logVariance + " is no logarithm of a variance",
                            "use a finite number")
                    .list();
        }
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return Gaussians.open(variables, generator, NAME);
    }

    @Override
    public Candidates sample(StageContext context) {
        Generator generator = context.generator();
        List<Integer> classes = new ArrayList<>();
        for (int wanted : context.classes()) {
            classes.addAll(Collections.nCopies(settings.candidates(), wanted));
        }
        Shape half = new Shape(classes.size(), 1, generator.latentSize());
        NDArray mean = context.manager().zeros(half);
        NDArray logVariance = context.manager().ones(half).mul(settings.logVariance());
        return new Candidates(
                new Gaussians(generator, mean.concat(logVariance, 1), NAME),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }
}
