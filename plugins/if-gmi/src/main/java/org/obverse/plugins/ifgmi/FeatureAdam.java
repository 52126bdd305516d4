package org.obverse.plugins.ifgmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Staged;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Trail;

/**
 * The search of IF-GMI (Qiu et al. 2024): Adam on w, then on w and the features between two blocks of the generator, one block
 * after another, features bounded by an l1 ball around where they began.
 */
final class FeatureAdam implements Optimizer, Preflight {
    static final String NAME = "feature-adam";
    static final double EPSILON = 1e-8;

    private final FeatureSettings settings;
    private final Resources resources;
    private final IdentityLoss loss;

    FeatureAdam(FeatureSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.loss = resources.create(Kind.IDENTITY_LOSS, settings.loss());
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.fit((Staged) setting.generator());
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        return new Search(start, context).run();
    }

    private static LatentPoints points(Candidates start) {
        if (start.representation() instanceof LatentPoints points && points.generator() instanceof Staged) {
            return points;
        }
        throw new InvalidConfigurationException(new Problem(
                "",
                "'%s' searches a generator block by block, but the sampler gave '%s'"
                        .formatted(NAME, start.representation().form()),
                "choose a sampler of style vectors, such as 'ranked-pool'"));
    }

    /** One call. What was found are images: features of a late block take more memory, and blocks differ in size. */
    private final class Search {
        private final Candidates start;
        private final StageContext context;
        private final Staged generator;
        private final FramedImages images;
        private final Sight sight;
        private final Trail trail;
        private final List<BlockSearch> searches = new ArrayList<>();

        private Search(Candidates start, StageContext context) {
            this.start = start;
            this.context = context;
            LatentPoints points = points(start);
            WhiteBox target = context.target(WhiteBox.class);
            this.generator = (Staged) points.generator();
            this.images = FramedImages.of(generator, settings.framing(), target.input());
            this.trail = new Trail(
                    start.classes(),
                    points.points().get(new NDIndex(":,0:1,:")),
                    latents -> new LatentPoints(generator, latents),
                    settings.totalSteps(),
                    context);
            context.onBudgetSpent(this::candidates);
            this.sight = new Sight(settings, loss, target, start, context);
        }

        Candidates run() {
            for (int[] rows : batches(0)) {
                BlockSearch search = new BlockSearch(settings, resources, images, sight, rows, trail.start(rows));
                searches.add(search);
                search.run(trail, context);
            }
            return candidates();
        }

        private List<int[]> batches(int first) {
            List<int[]> batches = new ArrayList<>();
            for (int from = first; from < start.size(); from += context.batch()) {
                batches.add(IntStream.range(from, Math.min(start.size(), from + context.batch()))
                        .toArray());
            }
            return batches;
        }

        /** Those that the search has not come to are where they began. */
        private Candidates candidates() {
            Candidates way = trail.candidates();
            if (!(settings.chosen() instanceof Layer.ByTarget)) {
                return new Candidates(new FixedImages(found()), start.classes(), way.scores(), way.curves());
            }
            List<Double> scores = new ArrayList<>(Collections.nCopies(start.size(), Double.NaN));
            List<float[]> robustness = new ArrayList<>(Collections.nCopies(start.size(), new float[0]));
            for (BlockSearch search : searches) {
                search.score(scores, robustness);
            }
            List<Curve> curves = new ArrayList<>(way.curves());
            curves.add(new Curve("robust log-confidence", robustness));
            return new Candidates(new FixedImages(found()), start.classes(), scores, curves);
        }

        private NDArray found() {
            try (NDScope scope = new NDScope()) {
                NDList found = new NDList();
                int come = 0;
                for (BlockSearch search : searches) {
                    NDArray some = search.result();
                    found.add(some);
                    come += Math.toIntExact(some.getShape().get(0));
                }
                for (int[] rows : batches(come)) {
                    found.add(generator.generate(trail.start(rows)));
                }
                NDArray all = NDArrays.concat(found);
                NDScope.unregister(all);
                return all;
            }
        }
    }
}
