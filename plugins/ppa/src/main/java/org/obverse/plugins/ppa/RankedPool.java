package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Truncation;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;

/**
 * The first stage (Struppek et al. 2022, section on the initial selection): one pool of points for all classes, of which
 * each class takes those that the target finds most confidently its own. Classes may share points.
 */
final class RankedPool implements Sampler, Preflight {
    private final PoolSettings settings;
    private final LatentPool.Source source;
    private final Score score;

    RankedPool(PoolSettings settings) {
        this(settings, LatentPool::draw, settings.by().overViews());
    }

    RankedPool(PoolSettings settings, LatentPool.Source source, Score score) {
        this.settings = settings;
        this.source = source;
        this.score = score;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates sample(StageContext context) {
        Mapped generator = (Mapped) context.generator();
        ScoreOracle target = context.target(ScoreOracle.class);
        FramedImages framed = FramedImages.of(generator, settings.framing(), target.input());
        List<Resampling> views = settings.views().of(framed.framed());
        LatentPool pool = source.draw(context.random().child("pool"), settings.pool(), generator.latentSize());
        double[][] scores = new double[context.classes().size()][pool.size()];
        for (double[] ofClass : scores) {
            Arrays.fill(ofClass, Double.NaN);
        }
        context.onBudgetSpent(() -> best(pool, scores, generator, context));
        for (int[] chunk : Batches.of(pool.size(), Math.min(settings.batch(), context.batch()))) {
            context.checkpoint();
            try (NDScope scope = new NDScope()) {
                NDArray images =
                        settings.range().apply(framed.generate().apply(points(pool, generator, context, chunk)));
                List<NDArray> answers = views.stream()
                        .map(view -> target.logScores(view.apply(images)))
                        .toList();
                score(answers, context.classes(), chunk, scores);
            }
            context.progress(chunk[chunk.length - 1] + 1L, pool.size(), Map.of());
        }
        return best(pool, scores, generator, context);
    }

    private NDArray points(LatentPool pool, Mapped generator, StageContext context, int... rows) {
        Truncation truncation = new Truncation(settings.truncationPsi(), settings.truncationCutoff());
        return generator.map(pool.rows(context.manager(), rows), truncation);
    }

    private void score(List<NDArray> answers, List<Integer> classes, int[] chunk, double[][] scores) {
        int width = Math.toIntExact(answers.get(0).getShape().get(1));
        List<double[]> views = answers.stream().map(NDArray::toDoubleArray).toList();
        for (int c = 0; c < classes.size(); c++) {
            for (int i = 0; i < chunk.length; i++) {
                int from = i * width;
                int target = classes.get(c);
                scores[c][chunk[i]] = score.of(views.stream()
                        .mapToDouble(view -> settings.by().of(view, from, width, target))
                        .toArray());
            }
        }
    }

    /** For each class the best points of the pool, one class behind the other. */
    private int[] chosen(double[][] scores) {
        return Arrays.stream(scores)
                .flatMapToInt(ofClass -> Arrays.stream(Ranking.best(ofClass, settings.candidates())))
                .toArray();
    }

    /** Of each class the best points; those without a score come last, in the order of the pool. */
    private Candidates best(LatentPool pool, double[][] scores, Mapped generator, StageContext context) {
        int[] chosen = chosen(scores);
        List<Integer> classes = new ArrayList<>();
        List<Double> chosenScores = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            int c = i / settings.candidates();
            classes.add(context.classes().get(c));
            chosenScores.add(scores[c][chosen[i]]);
        }
        return new Candidates(
                new LatentPoints(generator, points(pool, chosen, generator, context)),
                classes,
                chosenScores,
                List.of());
    }

    private NDArray points(LatentPool pool, int[] chosen, Mapped generator, StageContext context) {
        NDArray whole = context.manager().create(new Shape(chosen.length, generator.rows(), generator.styleSize()));
        for (int[] batch : Batches.of(chosen.length, context.batch())) {
            int[] rows = IntStream.of(batch).map(i -> chosen[i]).toArray();
            try (NDScope scope = new NDScope()) {
                NDIndex place = new NDIndex().addSliceDim(batch[0], batch[0] + batch.length);
                whole.set(place, points(pool, generator, context, rows));
            }
        }
        return whole;
    }
}
