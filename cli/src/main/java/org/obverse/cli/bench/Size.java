package org.obverse.cli.bench;

import java.util.List;
import java.util.Map;

/**
 * One setting of the benchmark: a generator with random weights and torchvision's ResNet-18 of 530 classes as the target.
 *
 * @param resolution of the generator, in pixels
 * @param channelBase as in {@code stylegan2}
 * @param channelMax as in {@code stylegan2}
 * @param style length of z and of a row of w
 * @param precision of the synthesis, as in {@code stylegan2}
 * @param crop side of the central square that the target sees
 * @param batch images per step
 * @param input side of the target's input
 * @param repetitions of which the median counts
 */
record Size(
        int resolution,
        int channelBase,
        int channelMax,
        int style,
        String precision,
        int crop,
        int batch,
        int input,
        int repetitions) {
    static final int CLASSES = 530;
    /** Taken at once, of which the first does not count. */
    private static final int STEPS = 3;

    static final List<Size> ALL = List.of(
            new Size(32, 2048, 64, 64, "float32", 28, 32, 32, 15),
            new Size(64, 16384, 512, 512, "float32", 50, 8, 64, 5),
            new Size(256, 16384, 512, 512, "float32", 200, 4, 224, 5),
            new Size(256, 16384, 512, 512, "bfloat16", 200, 4, 224, 5),
            new Size(1024, 32768, 512, 512, "float32", 800, 1, 224, 3),
            new Size(1024, 32768, 512, 512, "bfloat16", 800, 1, 224, 3));

    String name() {
        return "StyleGAN2-%d, crop %d%s"
                .formatted(resolution, crop, precision.equals("float32") ? "" : ", " + precision);
    }

    /** The published formulation has no bfloat16. */
    boolean isPublished() {
        return precision.equals("float32");
    }

    /** The generator's configuration, as a plan writes it. */
    Map<String, Object> generator() {
        return Map.of(
                "weights", "",
                "precision", precision,
                "resolution", resolution,
                "latent-size", style,
                "style-size", style,
                "mapping-layers", 8,
                "channel-base", channelBase,
                "channel-max", channelMax);
    }

    /** The optimizer's configuration, as a plan writes it. */
    Map<String, Object> optimizer() {
        return Map.of(
                "steps",
                STEPS,
                "loss",
                "poincare",
                "center-crop",
                crop,
                "random-crop",
                Map.of("min-area", 0.9, "max-area", 1.0, "min-ratio", 1.0, "max-ratio", 1.0));
    }
}
