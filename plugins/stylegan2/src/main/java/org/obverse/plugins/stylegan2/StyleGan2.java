package org.obverse.plugins.stylegan2;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** A StyleGAN2 generator: its sizes, where its weights are, and how they are made. The defaults fit the shipped weights. */
public record StyleGan2(
        @Meaning(
                "network pickle (.pkl) or any weights file under the official names, or builtin:NAME; empty if they are to be"
                        + " trained")
        @InputFile
        String weights,

        @Meaning("height and width of an image in pixels, a power of two from 4 to 1024")
        int resolution,

        @Meaning("length of z") int latentSize,
        @Meaning("length of a row of w") int styleSize,

        @Meaning("number of conditions of a conditional generator; 0 for none")
        int conditions,

        @Meaning("fully connected layers from z to w") int mappingLayers,

        @Meaning("a layer of r x r pixels has channel-base / r channels, but at most channel-max")
        int channelBase,

        @Meaning("most channels of a layer") int channelMax,
        @Meaning("bound of all activations; 0 for none") double convClamp,

        @Meaning("noise that the layers add: constant (stored), random (a new pattern per image) or none")
        Noise noise,

        @Meaning(
                "type of the frozen synthesis network's weights and activations: float32, bfloat16 or float16; latents,"
                        + " mapping and images stay float32")
        Precision precision,

        @Meaning("whether the weights hold a discriminator too, under the prefix 'D.': absent or included")
        Critic discriminator,

        @Meaning("images whose statistics the discriminator pools")
        int groupSize,

        @Meaning("how the weights are made from public images")
        GeneratorTraining training)
        implements Checked {
    public static final StyleGan2 DEFAULT = new StyleGan2(
            "builtin:synthetic-faces-32",
            32,
            48,
            64,
            0,
            4,
            512,
            96,
            0,
            Noise.CONSTANT,
            Precision.FLOAT32,
            Critic.ABSENT,
            4,
            GeneratorTraining.DEFAULT);

    Dimensions dimensions() {
        return new Dimensions(resolution, latentSize, styleSize, conditions, mappingLayers, channelBase, channelMax);
    }

    @Override
    public List<Problem> check() {
        boolean bounded = precision != Precision.FLOAT16 || convClamp > 0;
        Problems problems = new Problems()
                .require(
                        Integer.bitCount(resolution) == 1
                                && resolution >= Dimensions.SMALLEST
                                && resolution <= Dimensions.LARGEST,
                        "resolution",
                        resolution + " is not a power of two from 4 to 1024",
                        "use 4, 8, 16, 32, 64, 128, 256, 512 or 1024")
                .atLeast(1, "latent-size", latentSize)
                .atLeast(1, "style-size", styleSize)
                .atLeast(0, "conditions", conditions)
                .atLeast(1, "mapping-layers", mappingLayers)
                .atLeast(Math.max(1, resolution), "channel-base", channelBase)
                .atLeast(1, "channel-max", channelMax)
                .notNegative("conv-clamp", convClamp)
                .require(
                        bounded,
                        "conv-clamp",
                        "without a bound, activations may leave the range of float16, which ends at 65504",
                        "use 256, as published, or bfloat16")
                .atLeast(1, "group-size", groupSize)
                .under("training", training.check());
        criticism(problems);
        return problems.require(
                        !isTrained() || conditions <= 0,
                        "conditions",
                        "the training makes generators without conditions only",
                        "use 0, or give weights")
                .list();
    }

    private boolean isTrained() {
        return weights.isEmpty();
    }

    private void criticism(Problems problems) {
        boolean trained = isTrained() && training.isAdversarial();
        problems.require(
                !(resolution <= Dimensions.SMALLEST && (discriminator == Critic.INCLUDED || trained)),
                "resolution",
                "a discriminator needs images of at least 8 pixels, not " + resolution,
                "use 8 or more, or do without (training.adversarial-from: " + training.steps()
                        + ", discriminator: absent)");
        problems.require(
                !(trained
                        && groupSize > 0
                        && training.batch() / 2 % groupSize != 0
                        && training.batch() / 2 > groupSize),
                "group-size",
                "half a training batch of " + training.batch() + " cannot be cut into groups of " + groupSize,
                "use a divisor of " + training.batch() / 2);
        problems.require(
                !(isTrained() && discriminator == Critic.INCLUDED && !training.isAdversarial()),
                "discriminator",
                "it would be stored as it was drawn, because it takes no part in the training",
                "use a training.adversarial-from below training.steps, or 'absent'");
    }
}
