package org.obverse.plugins.stylegan2;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * How a generator is made from images on a CPU: as the decoder of a variational autoencoder (Kingma and Welling 2014), whose code is z or,
 * if the mapping network is trained afterwards, w; sharpened at the end by a discriminator (Larsen et al. 2016). The defaults made {@code
 * builtin:synthetic-faces-32}.
 */
public record GeneratorTraining(
        @Meaning("optimizer steps") int steps,

        @Meaning("images per step, a multiple of 4; the discriminator sees half as many")
        int batch,

        @Meaning("largest learning rate of the synthesis network")
        double learningRate,

        @Meaning("learning rate of the mapping network relative to the synthesis network's; 100 undoes its multiplier")
        double mappingRate,

        @Meaning(
                "steps that the mapping network is trained for afterwards, on where the encoder put the images in w; 0 trains it with the"
                        + " rest, from z")
        int mappingSteps,

        @Meaning("largest learning rate of the encoder") double encoderRate,

        @Meaning("steps over which the learning rates rise from 0, before they fall along a cosine")
        int warmUp,

        @Meaning("steps after which the cosine ends; at least steps")
        int decaySteps,

        @Meaning("learning rates at the cosine's end as a share of the largest, in [0, 1]")
        double finalRate,

        @Meaning("weight of the Kullback-Leibler divergence, in nats per image; larger makes samples surer and softer")
        double divergence,

        @Meaning("steps over which the divergence's weight rises from 0")
        int divergenceWarmUp,

        @Meaning("decay per step of the average of the weights that becomes the result, in [0, 1)")
        double average,

        @Meaning("first step, from 0, in which the discriminator takes part; the number of steps is never")
        int adversarialFrom,

        @Meaning("weight of the adversarial loss beside the reconstruction's")
        double adversarial,

        @Meaning("learning rate of the discriminator") double discriminatorRate,
        @Meaning("gamma of the discriminator's R1 penalty") double gamma,

        @Meaning("steps from one R1 penalty to the next, at least 1")
        int penaltyInterval,

        @Meaning("parts of the picture that count more in the reconstruction")
        List<Focus> focus)
        implements Checked {
    public static final GeneratorTraining DEFAULT = new GeneratorTraining(
            10_000,
            16,
            4e-3,
            100,
            0,
            1e-3,
            100,
            14_000,
            0.03,
            1e-3,
            2_000,
            0.998,
            9_100,
            0.08,
            2e-3,
            1,
            8,
            List.of(new Focus(0, 0.02, 0.5, 0.55, 3), new Focus(0, 0, 0.38, 0.14, 4)));

    public GeneratorTraining {
        focus = List.copyOf(focus);
    }

    /** The factor of the learning rates at a step, from 0. */
    double rate(int step) {
        double rising = Math.min(1, (step + 1.0) / Math.max(1, warmUp));
        double falling = finalRate + (1 - finalRate) * (1 + Math.cos(Math.PI * step / decaySteps)) / 2;
        return rising * falling;
    }

    /** The factor of the learning rates at a step of the mapping alone, from 0: a cosine down to 0. */
    double rateOfMapping(int step) {
        return (1 + Math.cos(Math.PI * step / mappingSteps)) / 2;
    }

    /** The weight of the divergence at a step, from 0. */
    double divergence(int step) {
        return divergence * Math.min(1, step / (double) Math.max(1, divergenceWarmUp));
    }

    /** Of the autoencoder, and of the mapping alone. */
    int allSteps() {
        return steps + mappingSteps;
    }

    /** Whether images are encoded in w, and the mapping is trained afterwards. */
    boolean hasTwoStages() {
        return mappingSteps > 0;
    }

    /** Whether the discriminator takes part at all. */
    boolean isAdversarial() {
        return adversarialFrom < steps;
    }

    @Override
    public List<Problem> check() {
        Problems problems = new Problems()
                .atLeast(1, "steps", steps)
                .atLeast(2, "batch", batch)
                .require(batch % 4 == 0, "batch", batch + " is not a multiple of 4", "use one")
                .atLeast(0, "mapping-steps", mappingSteps)
                .atLeast(1, "penalty-interval", penaltyInterval)
                .atLeast(0, "warm-up", warmUp)
                .atLeast(steps, "decay-steps", decaySteps)
                .atLeast(0, "adversarial-from", adversarialFrom)
                .atLeast(0, "divergence-warm-up", divergenceWarmUp)
                .notNegative("learning-rate", learningRate)
                .notNegative("mapping-rate", mappingRate)
                .notNegative("encoder-rate", encoderRate)
                .notNegative("discriminator-rate", discriminatorRate)
                .notNegative("divergence", divergence)
                .notNegative("adversarial", adversarial)
                .notNegative("gamma", gamma)
                .share("final-rate", finalRate)
                .share("average", average);
        for (int i = 0; i < focus.size(); i++) {
            Focus part = focus.get(i);
            problems.require(
                    part.width() > 0 && part.height() > 0 && part.weight() >= 0,
                    "focus." + i,
                    "a width of " + part.width() + ", a height of " + part.height() + " and a weight of "
                            + part.weight() + " describe no part of a picture",
                    "use a width and a height above 0 and a weight of at least 0");
        }
        return problems.list();
    }
}
