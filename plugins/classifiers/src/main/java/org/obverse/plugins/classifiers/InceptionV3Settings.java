package org.obverse.plugins.classifiers;

import java.util.List;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** The configuration of torchvision's Inception v3. */
public record InceptionV3Settings(
        @Meaning("weights file whose tensors training starts from, relative to the plan; a head of another number of"
                + " classes starts from random values; empty starts everything from them")
        @InputFile
        String pretrained,

        @Meaning(
                "what the network does to images in [-1, 1] first: none (as PPA loads its published evaluation models),"
                        + " transform-input (torchvision's flag), unit, imagenet or doubled")
        InputTransform input,

        @Meaning(
                "outputs of the auxiliary head, which needs images of 299 pixels: 1000 in torchvision's and PPA's files"
                        + " whatever the number of classes; 0 leaves it out")
        int auxiliary)
        implements Checked, Pretrained {
    public static final InceptionV3Settings DEFAULT = new InceptionV3Settings("", InputTransform.NONE, 1000);

    @Override
    public List<Problem> check() {
        return auxiliary >= 0
                ? List.of()
                : List.of(new Problem(
                        "auxiliary", auxiliary + " is not a number of outputs", "use 1000, or 0 to leave it out"));
    }

    ClassifierArchitecture architecture(Resources resources) {
        Design design = InceptionV3.torchvision(auxiliary).design();
        return new PublishedSettings(pretrained, input).architecture(design, resources);
    }
}
