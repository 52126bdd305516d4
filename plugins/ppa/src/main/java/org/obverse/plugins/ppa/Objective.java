package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Function;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.generator.Criticized;
import org.obverse.api.tensor.Operators;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.LatentDescent.Watched;
import org.obverse.inversion.SearchSteps;

/** What the optimization minimises: the identity loss of what the target sees, and the realism of the whole image. */
final class Objective {
    private final DescentSettings settings;
    private final Losses losses;
    private final Operators operators;
    private final FramedImages framed;
    private final IdentityLoss.Objective identity;
    private final SearchSteps steps;

    /**
     * @param framed whole images if the settings judge their realism
     */
    Objective(
            DescentSettings settings,
            Losses losses,
            Operators operators,
            FramedImages framed,
            IdentityLoss.Objective identity,
            SearchSteps steps) {
        this.settings = settings;
        this.losses = losses;
        this.operators = operators;
        this.framed = framed;
        this.identity = identity;
        this.steps = steps;
    }

    /**
     * @param rows the candidates of the batch
     * @param number of the step
     * @param latents {@code [rows.length, 1 or rows of the generator, styleSize]}
     * @param views of each candidate, at least one: one map per image, or one for all
     * @param watched of the images that the target sees in the first view
     */
    Outcome at(
            int[] rows,
            int number,
            NDArray latents,
            List<List<Resampling>> views,
            Function<NDArray, List<Watched>> watched) {
        NDArray whole = framed.generate().apply(latents);
        SearchStep first = step(rows, number, 0, latents, whole, views);
        NDArray visible = first.images();
        Assessment assessed = identity.at(first);
        NDArray total = assessed.losses();
        for (int view = 1; view < views.size(); view++) {
            total = total.add(
                    identity.at(step(rows, number, view, latents, whole, views)).losses());
        }
        total = views.size() == 1 ? total : total.div(views.size());
        return new Outcome(
                settings.judgesRealism() ? total.add(realism(whole)) : total,
                assessed.logits(),
                watched.apply(visible));
    }

    private SearchStep step(
            int[] rows, int number, int view, NDArray latents, NDArray whole, List<List<Resampling>> views) {
        return steps.at(
                number,
                view,
                rows,
                latents,
                points -> {
                    NDArray images =
                            points == latents ? whole : framed.generate().apply(points);
                    return Resampling.applyEach(settings.range().apply(images), views.get(view));
                },
                losses.type());
    }

    /** {@code weight · softplus(−D(image))} of images as the generator made them, {@code [N]}. */
    private NDArray realism(NDArray images) {
        NDArray realness = ((Criticized) framed.generator()).realness(images);
        return operators.cast(operators.softplus(realness.neg()), losses.type()).mul(settings.discriminatorWeight());
    }
}
