package org.obverse.plugins.ifgmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Box;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.Confidence;
import org.obverse.inversion.LatentDescent.Outcome;
import org.obverse.inversion.RandomCrop;
import org.obverse.inversion.SearchSteps;

/** What the target sees of images and thinks of them, each candidate's draws its own. */
final class Sight {
    /** PPA's views for the selection of results (Struppek et al. 2022), of which a tenth is enough to compare blocks. */
    private static final RandomCrop VIEW = new RandomCrop(0.5, 0.9, 0.8, 1.2);

    static final int VIEWS = 10;

    private static final double FLIP = 0.5;

    private final FeatureSettings settings;
    private final WhiteBox target;
    private final StageContext context;
    private final List<Integer> classes;
    private final IdentityLoss.Objective identity;
    private final SearchSteps steps;
    private final List<RandomStream> streams;

    Sight(FeatureSettings settings, IdentityLoss loss, WhiteBox target, Candidates start, StageContext context) {
        this.settings = settings;
        this.target = target;
        this.context = context;
        this.classes = start.classes();
        this.identity = loss.begin(target, context);
        this.steps = new SearchSteps(start, context.random());
        this.streams = IntStream.range(0, start.size())
                .mapToObj(row -> start.stream(context.random(), row))
                .toList();
    }

    /**
     * The loss of one step.
     *
     * @param images of the candidates {@code rows}, part of the graph
     * @param framed from these images to those that the target takes
     */
    Outcome outcome(NDArray images, Resampling framed, int[] rows, int step) {
        RandomCrop crop = settings.randomCrop();
        List<Resampling> seen = crop.isNone()
                ? List.of(framed)
                : each(rows, random -> cropped(framed, drawn(crop, framed, random.child("step", step))));
        Assessment assessed = identity.at(steps.at(step, rows, images, shown -> Resampling.applyEach(shown, seen)));
        return new Outcome(assessed.losses(), assessed.logits());
    }

    /**
     * The logarithm of the mean confidence over random views, which are the same at each call.
     *
     * @param images of the candidates {@code rows}
     * @param framed from these images to those that the target takes
     */
    double[] robustness(NDArray images, Resampling framed, int[] rows) {
        int[] wanted = IntStream.of(rows).map(classes::get).toArray();
        double[][] logs = new double[rows.length][VIEWS];
        for (int view = 0; view < VIEWS; view++) {
            context.checkpoint();
            try (NDScope scope = new NDScope()) {
                int number = view;
                List<Resampling> seen = each(rows, random -> view(framed, random.child("view", number)));
                double[] found = Confidence.pick(target.logScores(Resampling.applyEach(images, seen)), wanted);
                for (int i = 0; i < rows.length; i++) {
                    logs[i][view] = found[i];
                }
            }
        }
        return IntStream.range(0, rows.length)
                .mapToDouble(i -> Confidence.logMean(logs[i]))
                .toArray();
    }

    private List<Resampling> each(int[] rows, Function<RandomStream, Resampling> view) {
        return IntStream.of(rows).mapToObj(row -> view.apply(streams.get(row))).toList();
    }

    private static Resampling view(Resampling framed, RandomStream random) {
        Resampling cropped = cropped(framed, drawn(VIEW, framed, random));
        return random.uniform() < FLIP ? cropped.flip() : cropped;
    }

    private static Box drawn(RandomCrop crop, Resampling framed, RandomStream random) {
        return crop.draw(random, framed.height(), framed.width());
    }

    private static Resampling cropped(Resampling framed, Box box) {
        boolean whole = box.height() == framed.height() && box.width() == framed.width();
        return whole ? framed : framed.crop(box).resize(framed.height(), framed.width());
    }
}
