package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.generator.Criticized;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.LatentDescent.Watched;

/** What the optimization minimises: the identity loss of what the target sees, and the realism of the whole image. */
final class Objective {
    private final DescentSettings settings;
    private final Losses losses;
    private final Operators operators;
    private final FramedImages framed;
    private final WhiteBox target;
    private final List<Integer> classes;

    /**
     * @param framed whole images if the settings judge their realism
     */
    Objective(
            DescentSettings settings,
            Losses losses,
            Operators operators,
            FramedImages framed,
            WhiteBox target,
            List<Integer> classes) {
        this.settings = settings;
        this.losses = losses;
        this.operators = operators;
        this.framed = framed;
        this.target = target;
        this.classes = classes;
    }

    /**
     * @param rows the candidates of the batch
     * @param latents {@code [rows.length, 1 or rows of the generator, styleSize]}
     * @param seen one map per image, or one for all
     * @param watched of the images that the target sees
     */
    Outcome at(int[] rows, NDArray latents, List<Resampling> seen, Function<NDArray, List<Watched>> watched) {
        NDArray images = framed.generate().apply(latents);
        NDArray visible = Resampling.applyEach(settings.range().apply(images), seen);
        NDArray logits = target.forward(visible).logits();
        NDArray targets = latents.getManager()
                .create(IntStream.of(rows).mapToLong(classes::get).toArray());
        NDArray identity = settings.loss().perSample(typed(logits), targets, operators);
        return new Outcome(
                settings.judgesRealism() ? identity.add(realism(images)) : identity, logits, watched.apply(visible));
    }

    /** {@code weight · softplus(−D(image))} of images as the generator made them, {@code [N]}. */
    private NDArray realism(NDArray images) {
        NDArray realness = ((Criticized) framed.generator()).realness(images);
        return typed(operators.softplus(realness.neg())).mul(settings.discriminatorWeight());
    }

    private NDArray typed(NDArray x) {
        return operators.cast(x, losses.type());
    }
}
