package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.Confidence;

/**
 * The third stage (Struppek et al. 2022, section on the selection of final results): those candidates of a class stay
 * that the target recognises best through random crops and flips, for they rely least on adversarial details.
 */
final class RobustConfidence implements Selector {
    private final SelectionSettings settings;

    RobustConfidence(SelectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Candidates select(Candidates found, StageContext context) {
        requireEnough(found, context.classes());
        ScoreOracle target = context.target(ScoreOracle.class);
        Resampling framed = settings.framing().of(context.generator().image(), target.input());
        RandomViews views = settings.mode() == Mode.REFERENCE
                ? RandomViews.reference(settings, context.classes(), framed, target.input())
                : RandomViews.keyed(settings, context.classes(), framed, target.input(), context.random());
        double[] scores = new double[found.size()];
        for (int[] rows : Batches.of(found.size(), context.batch())) {
            score(found, rows, framed, views, target, context, scores);
        }
        return best(found, scores, context.classes());
    }

    private void score(
            Candidates found,
            int[] rows,
            Resampling framed,
            RandomViews views,
            ScoreOracle target,
            StageContext context,
            double[] scores) {
        int[] classes = IntStream.of(rows).map(found.classes()::get).toArray();
        double[][] logs = new double[rows.length][settings.iterations()];
        try (NDScope batch = new NDScope()) {
            NDArray images = framed.apply(
                    found.representation().rows(rows).draw(1, context.random().child("draw")));
            for (int round = 0; round < settings.iterations(); round++) {
                context.checkpoint();
                double[] ofRound = score(images, classes, round, views, target);
                for (int i = 0; i < rows.length; i++) {
                    logs[i][round] = ofRound[i];
                }
                context.progress(
                        (long) rows[0] * settings.iterations() + (long) rows.length * (round + 1),
                        (long) found.size() * settings.iterations(),
                        Map.of());
            }
        }
        for (int i = 0; i < rows.length; i++) {
            scores[rows[i]] = settings.mode().score(logs[i]);
        }
    }

    private static double[] score(NDArray images, int[] classes, int round, RandomViews views, ScoreOracle target) {
        try (NDScope scope = new NDScope()) {
            List<Resampling> seen = IntStream.of(classes)
                    .mapToObj(ofImage -> views.view(ofImage, round))
                    .toList();
            return Confidence.pick(target.logScores(Resampling.applyEach(images, seen)), classes);
        }
    }

    private Candidates best(Candidates found, double[] scores, List<Integer> classes) {
        List<Integer> chosen = new ArrayList<>();
        for (int target : classes) {
            int[] rows = found.of(target);
            double[] ofClass =
                    IntStream.of(rows).mapToDouble(row -> scores[row]).toArray();
            for (int i : Ranking.best(ofClass, settings.results())) {
                chosen.add(rows[i]);
            }
        }
        Candidates kept = found.rows(chosen.stream().mapToInt(Integer::intValue).toArray());
        return new Candidates(
                kept.representation(),
                kept.classes(),
                chosen.stream().map(row -> scores[row]).toList(),
                kept.curves());
    }

    private void requireEnough(Candidates found, List<Integer> classes) {
        for (int target : classes) {
            int candidates = found.of(target).length;
            if (candidates < settings.results()) {
                throw new InvalidConfigurationException(new Problem(
                        "results",
                        settings.results() + " results per class cannot be chosen from the " + candidates
                                + " candidates of class " + target,
                        "use at most " + candidates + ", or sample more candidates"));
            }
        }
    }
}
