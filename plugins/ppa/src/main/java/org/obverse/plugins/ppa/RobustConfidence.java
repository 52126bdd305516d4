package org.obverse.plugins.ppa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.inversion.FramedImages;
import org.obverse.plugins.ppa.RandomViews.Cutter;

/**
 * The third stage (Struppek et al. 2022, section on the selection of final results): those candidates of a class stay
 * that the target recognises best through random crops and flips, for they rely least on adversarial details.
 */
final class RobustConfidence implements Selector, Preflight {
    private final SelectionSettings settings;
    private final RandomViews.Source source;
    private final Score score;

    RobustConfidence(SelectionSettings settings) {
        this(settings, RandomViews::keyed, settings.by().overViews());
    }

    RobustConfidence(SelectionSettings settings, RandomViews.Source source, Score score) {
        this.settings = settings;
        this.source = source;
        this.score = score;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Candidates select(Candidates found, StageContext context) {
        requireEnough(found, context.classes());
        ScoreOracle target = context.target(ScoreOracle.class);
        FramedImages images = FramedImages.of(context.generator(), settings.framing(), target.input());
        RandomViews views = source.draw(
                settings, context.classes(), Cutter.of(settings, images.framed(), target.input()), context.random());
        double[] unknown = new double[found.size()];
        Arrays.fill(unknown, Double.NaN);
        context.onBudgetSpent(() -> best(found, unknown, context.classes()));
        double[] scores =
                new RobustScores(settings.iterations(), settings.by(), score, target, images, views, context).of(found);
        return best(found, scores, context.classes());
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
