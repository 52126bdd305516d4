package org.obverse.plugins.mirror;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.SearchSteps;
import org.obverse.inversion.StyleBox;
import org.obverse.inversion.Trail;

/**
 * The search of Mirror with gradients (An et al. 2022): Adam on one style vector per candidate, beginning with the first row of
 * its start, down the loss of its randomly mirrored image; after each step the style is clipped to the box.
 *
 * <p>What differs from the published code: each candidate is mirrored on its own; the weight of the loss is left out, which
 * Adam divides away; and the target is in evaluation mode, so its dropout cannot be left on.
 */
final class BoundedAdam implements Optimizer, Preflight {
    static final String NAME = "bounded-adam";

    private final DescentSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    BoundedAdam(DescentSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        LatentPoints points = Styles.of(start, NAME);
        Mapped generator = (Mapped) points.generator();
        Trail trail = new Trail(
                start.classes(),
                points.points().get(new NDIndex(":,0:1")),
                latents -> new LatentPoints(generator, latents),
                settings.steps(),
                context);
        StyleBox box = StyleBox.of(
                generator, settings.box(), context.random().child("box"), context.manager(), context.batch());
        Objective objective = new Objective(start, generator, context);
        LatentDescent descent = new LatentDescent(resources.gradients(), resources.training(), settings.descent());
        for (int from = 0; from < start.size(); from += context.batch()) {
            int[] rows = IntStream.range(from, Math.min(start.size(), from + context.batch()))
                    .toArray();
            descent.descend(
                    trail.start(rows),
                    (latents, step) -> {
                        context.checkpoint();
                        return objective.at(latents, rows, step);
                    },
                    (step, outcome, latents) -> {
                        latents.set(new NDIndex(":"), box.clip(latents));
                        trail.stepped(rows, step, outcome, latents);
                    });
        }
        return trail.candidates();
    }

    /** What a step minimises. */
    private final class Objective {
        private final IdentityLoss.Objective identity;
        private final SearchSteps steps;
        private final FramedImages images;
        private final Resampling mirrored;
        private final List<RandomStream> streams;

        private Objective(Candidates start, Mapped generator, StageContext context) {
            WhiteBox target = context.target(WhiteBox.class);
            this.identity = loss.begin(target, context);
            this.steps = new SearchSteps(start, context.random());
            this.images = FramedImages.of(generator, settings.framing(), target.input());
            this.mirrored = images.framed().flip();
            this.streams = IntStream.range(0, start.size())
                    .mapToObj(row -> start.stream(context.random(), row))
                    .toList();
        }

        Outcome at(NDArray latents, int[] rows, int step) {
            List<Resampling> views = IntStream.of(rows)
                    .mapToObj(row -> streams.get(row).child("step", step).uniform() < settings.flip()
                            ? mirrored
                            : images.framed())
                    .toList();
            Assessment assessed = identity.at(steps.at(
                    step,
                    rows,
                    latents,
                    points -> Resampling.applyEach(images.generate().apply(points), views)));
            return new Outcome(assessed.losses(), assessed.logits());
        }
    }
}
