package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.generator.Criticized;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent.Outcome;

/** What the optimization minimises: the identity loss of what the target sees, and the realism of the whole image. */
final class Objective {
    private final DescentSettings settings;
    private final Operators operators;
    private final FramedImages framed;
    private final WhiteBox target;
    private final List<Integer> classes;

    /**
     * @param framed whole images if the settings judge their realism
     */
    Objective(
            DescentSettings settings,
            Operators operators,
            FramedImages framed,
            WhiteBox target,
            List<Integer> classes) {
        this.settings = settings;
        this.operators = operators;
        this.framed = framed;
        this.target = target;
        this.classes = classes;
    }

    /**
     * @param rows the candidates of the batch
     * @param latents {@code [rows.length, 1 or rows of the generator, styleSize]}
     * @param seen one map per image, or one for all
     */
    Outcome at(int[] rows, NDArray latents, List<Resampling> seen) {
        NDArray images = framed.generate().apply(latents);
        NDArray visible = Resampling.applyEach(settings.range().apply(images), seen);
        NDArray logits = target.forward(visible).logits();
        NDArray targets = latents.getManager()
                .create(IntStream.of(rows).mapToLong(classes::get).toArray());
        NDArray losses = settings.loss().perSample(precise(logits), targets, operators);
        return new Outcome(settings.judgesRealism() ? losses.add(realism(images)) : losses, logits);
    }

    /** {@code weight · softplus(−D(image))} of images as the generator made them, {@code [N]}. */
    private NDArray realism(NDArray images) {
        NDArray realness = ((Criticized) framed.generator()).realness(images);
        return precise(operators.softplus(realness.neg())).mul(settings.discriminatorWeight());
    }

    /** In float32, the cross-entropy of a certain target has no gradient at the target class. */
    private NDArray precise(NDArray x) {
        return settings.mode() == Mode.REFERENCE ? x : operators.cast(x, DataType.FLOAT64);
    }
}
