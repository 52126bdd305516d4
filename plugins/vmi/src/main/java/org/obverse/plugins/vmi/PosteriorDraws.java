package org.obverse.plugins.vmi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Draws points from each candidate's distribution (Wang et al. 2021). Nothing ranks them: each has the score of its distribution. */
record PosteriorDraws(Settings settings) implements Selector {
    static final String NAME = "posterior-draws";

    /** How many {@code posterior-draws} takes. */
    record Settings(
            @Meaning("points drawn from each distribution") int draws) implements Checked {
        static final Settings DEFAULT = new Settings(100);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "draws", draws).list();
        }
    }

    @Override
    public Candidates select(Candidates found, StageContext context) {
        Posteriors posteriors = Posteriors.of(found.representation(), NAME);
        int draws = settings.draws();
        Posteriors.Drawn drawn = posteriors.draws(
                draws,
                IntStream.range(0, found.size())
                        .mapToObj(row -> found.stream(context.random(), row))
                        .toList());
        List<Integer> classes = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            classes.addAll(Collections.nCopies(draws, found.classes().get(i)));
            scores.addAll(Collections.nCopies(draws, found.scores().get(i)));
        }
        return new Candidates(new LatentPoints(posteriors.generator(), drawn.points()), classes, scores, List.of());
    }
}
