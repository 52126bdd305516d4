package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pretrained;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InputFile;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.networks.Kaiming;
import org.obverse.networks.Layer;
import org.obverse.networks.Namespace;
import org.obverse.networks.Pooling;
import org.obverse.networks.Window;

/**
 * The benchmark's target: a 3x3 convolution of stride 2, three stages of basic blocks with {@code width}, twice and four times that
 * many channels (stride 1, 2, 2), global average pooling and a linear layer. Initial values are torch's. Variant A of the
 * benchmark normalises by batch, variant B not at all.
 */
public record SmallResNet(
        @Meaning("channels of the first stage; the next two have twice and four times as many")
        int width,

        @Meaning("basic blocks of each of the three stages") int blocks,

        @Meaning(
                "what follows each convolution: batch, group (32 groups or one per channel; no sample sees another) or affine (a factor"
                        + " and an offset per channel, no normalisation)")
        Normalization normalization,

        @Meaning("weights file whose tensors training starts from, relative to the plan; a head of another number of"
                + " classes starts from random values; empty starts everything from them")
        @InputFile
        String pretrained)
        implements Checked, Pretrained {
    public static final SmallResNet DEFAULT = new SmallResNet(16, 1, Normalization.BATCH, "");

    /** With 16 pixels the last stage still has 2x2: training by batch needs more than one value per channel. */
    private static final int LEAST_PIXELS = 16;

    @Override
    public List<Problem> check() {
        return new Problems()
                .require(width >= 1, "width", width + " is not a number of channels", "use at least 1")
                .atLeast(1, "blocks", blocks)
                .require(
                        width < 1 || normalization.fits(IntStream.of(width, 2 * width, 4 * width)),
                        "width",
                        width + " channels, or twice or four times as many, do not fall into 32 equal groups",
                        "use at most 8 or a multiple of 32, or another normalization")
                .list();
    }

    ClassifierArchitecture architecture(Resources resources) {
        ResidualBody body =
                new ResidualBody(ResidualStages.named(depths(), new ResidualStages.Residual.Basic()), this::body);
        Design design = new Design("small-resnet", LEAST_PIXELS, body, new LinearHead.Plan("fc"));
        return new PublishedSettings(pretrained, InputTransform.NONE).architecture(design, resources);
    }

    private Body body(Shape input, Namespace root, ScaledShortcuts shortcuts) {
        ResidualStages residual = ResidualStages.basic(root, normalization, Kaiming.uniform(), shortcuts);
        Window halving = Window.centered(3).every(2);
        Layer stem = residual.stem(input, width, halving);
        List<Stage> stages = residual.stages(stem, halving.over(input, width), depths(), width);
        return new Body(stages, Pooling.global());
    }

    private List<Integer> depths() {
        return List.of(blocks, blocks, blocks);
    }
}
