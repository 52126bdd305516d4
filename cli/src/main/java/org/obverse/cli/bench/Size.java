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
 * @param crop side of the central square that the target sees
 * @param batch images per step
 * @param input side of the target's input
 * @param published milliseconds per image and step of the published Python implementation, one thread of a 2-core CPU
 */
record Size(
        int resolution, int channelBase, int channelMax, int style, int crop, int batch, int input, double published) {
    static final int CLASSES = 530;

    static final List<Size> ALL = List.of(
            new Size(32, 2048, 64, 64, 28, 32, 32, 12),
            new Size(64, 16384, 512, 512, 50, 8, 64, 1200),
            new Size(256, 16384, 512, 512, 200, 4, 224, 2500));

    String name() {
        return "StyleGAN2-" + resolution;
    }

    /** The generator's configuration, as a plan writes it. */
    Map<String, Object> generator() {
        return Map.of(
                "weights", "",
                "resolution", resolution,
                "latent-size", style,
                "style-size", style,
                "mapping-layers", 8,
                "channel-base", channelBase,
                "channel-max", channelMax);
    }

    /** The optimizer's configuration, as a plan writes it. */
    Map<String, Object> optimizer(int steps) {
        return Map.of(
                "steps",
                steps,
                "loss",
                "poincare",
                "center-crop",
                crop,
                "random-crop",
                Map.of("min-area", 0.9, "max-area", 1.0, "min-ratio", 1.0, "max-ratio", 1.0));
    }
}
