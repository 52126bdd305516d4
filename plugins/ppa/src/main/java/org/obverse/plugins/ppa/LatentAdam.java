package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Mapped;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.LatentDescent;
import org.obverse.inversion.LatentDescent.Watched;
import org.obverse.inversion.SearchSteps;
import org.obverse.inversion.StyleBox;
import org.obverse.inversion.Trail;

/**
 * The second stage (Struppek et al. 2022, section on the optimization): Adam on the candidates' style vectors, so that a
 * random part of each image is taken for the target class.
 */
final class LatentAdam implements Optimizer, Preflight {
    private final DescentSettings settings;
    private final Resources resources;
    private final Crops.Source source;
    private final Losses losses;
    private final IdentityLoss loss;

    LatentAdam(DescentSettings settings, Resources resources) {
        this(settings, resources, Crops::keyed, Losses.PRECISE);
    }

    LatentAdam(DescentSettings settings, Resources resources, Crops.Source source, Losses losses) {
        this.settings = settings;
        this.resources = resources;
        this.source = source;
        this.losses = losses;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        LatentPoints points = latentPoints(start);
        Mapped generator = (Mapped) points.generator();
        WhiteBox target = context.target(WhiteBox.class);
        FramedImages images = settings.judgesRealism()
                ? FramedImages.entire(generator, settings.framing(), target.input())
                : FramedImages.of(generator, settings.framing(), target.input());
        if (settings.judgesRealism()) {
            requireWholeGroups((Criticized) generator, start.size(), context.batch());
        }
        NDArray first = settings.searchSpace().start(points.points(), generator.rows());
        Trail trail = new Trail(
                start.classes(),
                first,
                latents -> new LatentPoints(generator, latents),
                settings.steps(),
                settings.snapshots(),
                context);
        Objective objective = new Objective(
                settings,
                losses,
                resources.operators(),
                images,
                loss.begin(target, context),
                new SearchSteps(start, context.random()));
        Resampling framed = images.framed();
        Optional<StyleBox> box = settings.box().deviations() == 0
                ? Optional.empty()
                : Optional.of(StyleBox.of(
                        generator, settings.box(), context.random().child("box"), context.manager(), context.batch()));
        Crops crops = settings.randomCrop().isNone()
                ? Crops.none(framed)
                : source.of(settings.randomCrop(), framed, start, context.random());
        LatentDescent descent =
                new LatentDescent(resources.gradients(), resources.training(), settings.descent(losses.reduction()));
        for (int[] rows : Batches.of(start.size(), context.batch())) {
            try (GradientSimilarity similarity = new GradientSimilarity(resources.gradients(), framed);
                    LastMean mean = new LastMean(settings.averageLast(), settings.steps())) {
                descent.descend(
                        trail.start(rows),
                        (latents, step) -> {
                            context.checkpoint();
                            List<List<Box>> boxes = IntStream.range(0, settings.views())
                                    .mapToObj(view -> crops.at(rows, step, view))
                                    .toList();
                            return objective.at(
                                    rows,
                                    step,
                                    latents,
                                    boxes.stream()
                                            .map(ofView -> cropped(framed, ofView))
                                            .toList(),
                                    visible -> settings.gradientSimilarity()
                                            ? List.of(new Watched(
                                                    visible,
                                                    gradient -> trail.noted(
                                                            GradientSimilarity.CURVE,
                                                            rows,
                                                            step,
                                                            similarity.next(gradient, boxes.get(0)))))
                                            : List.of());
                        },
                        (step, outcome, latents) -> {
                            box.ifPresent(bounds -> latents.set(new NDIndex(":"), bounds.clip(latents)));
                            mean.stepped(step, latents);
                            trail.stepped(rows, step, outcome, latents);
                        });
            }
        }
        return trail.candidates();
    }

    private static List<Resampling> cropped(Resampling framed, List<Box> boxes) {
        return boxes.stream().map(box -> Crops.cropped(framed, box)).toList();
    }

    private static LatentPoints latentPoints(Candidates start) {
        if (start.representation() instanceof LatentPoints points && points.generator() instanceof Mapped) {
            return points;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "the optimizer searches style vectors, but the sampler gave '"
                        + start.representation().form() + "'",
                "choose a sampler of style vectors, such as 'ranked-pool'"));
    }

    /** The discriminator compares images within groups, so each batch must consist of whole ones. */
    private static void requireWholeGroups(Criticized generator, int candidates, int batch) {
        int group = generator.groupSize();
        for (int[] rows : Batches.of(candidates, batch)) {
            if (rows.length > group && rows.length % group != 0) {
                throw new InvalidConfigurationException(new Problem(
                        "discriminator-weight",
                        "the discriminator judges images in groups of " + group + ", and " + candidates
                                + " candidates in batches of " + batch + " leave a batch of " + rows.length,
                        "choose execution.batch and the number of candidates so that every batch is a multiple of "
                                + group + ", or discriminator-weight 0"));
            }
        }
    }
}
