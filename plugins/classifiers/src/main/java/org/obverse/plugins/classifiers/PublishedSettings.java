package org.obverse.plugins.classifiers;

import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Resources;

/** The configuration of a published architecture. */
public record PublishedSettings(
        @Meaning("weights file whose tensors training starts from, relative to the plan; a head of another number of"
                + " classes starts from random values; empty starts everything from them")
        @InputFile
        String pretrained,

        @Meaning(
                "what the network does to images in [-1, 1] first: none, unit (to [0, 1]), imagenet (torchvision's mean"
                        + " and deviation), transform-input (torchvision's Inception flag) or doubled (2x - 1)")
        InputTransform input)
        implements Pretrained {
    public static final PublishedSettings DEFAULT = new PublishedSettings("", InputTransform.NONE);

    /** For networks that were published for images in [0, 1]. */
    public static final PublishedSettings UNIT = new PublishedSettings("", InputTransform.UNIT);

    ClassifierArchitecture architecture(Design design, Resources resources) {
        Beginning beginning = Beginning.of(pretrained, design.current(), resources);
        return ResidualArchitecture.orPlain(new StagedArchitecture(design, input, beginning, resources.operators()));
    }
}
