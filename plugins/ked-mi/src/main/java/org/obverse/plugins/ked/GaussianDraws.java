package org.obverse.plugins.ked;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Selector;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.random.RandomStream;

/**
 * Draws points from each candidate's distribution, the "5 seeds" over which KED-MI is reported (Chen et al. 2021). Nothing ranks them: each has the score of its distribution.
 */
record GaussianDraws(Settings settings) implements Selector {
    static final String NAME = "gaussian-draws";

    /** How many {@code gaussian-draws} takes. */
    record Settings(
            @Meaning("points drawn from each distribution") int draws) implements Checked {
        static final Settings DEFAULT = new Settings(5);

        @Override
        public List<Problem> check() {
            return new Problems().atLeast(1, "draws", draws).list();
        }
    }

    @Override
    public Candidates select(Candidates found, StageContext context) {
        Gaussians gaussians = Gaussians.of(found.representation(), NAME);
        int draws = settings.draws();
        List<RandomStream> streams = IntStream.range(0, found.size())
                .mapToObj(row -> found.stream(context.random(), row))
                .toList();
        Generator generator = gaussians.generator();
        NDArray points = generator.locate(gaussians.points(draws, streams));
        List<Integer> classes = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            classes.addAll(Collections.nCopies(draws, found.classes().get(i)));
            scores.addAll(Collections.nCopies(draws, found.scores().get(i)));
        }
        return new Candidates(new LatentPoints(generator, points), classes, scores, List.of());
    }
}
