package org.obverse.plugins.ppa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.StageContext;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.tensor.Resampling;
import org.obverse.inversion.FramedImages;

/**
 * Scores candidates over random views of their images, a batch at a time.
 *
 * @param iterations views of each candidate
 * @param by what counts of each view
 * @param score of a candidate from what counts of all its views
 * @param framed the images from which views are cut
 */
record RobustScores(
        int iterations,
        Criterion by,
        Score score,
        ScoreOracle target,
        FramedImages framed,
        RandomViews views,
        StageContext context) {
    /** One score per candidate, larger is better. */
    double[] of(Candidates found) {
        double[] scores = new double[found.size()];
        for (int[] rows : Batches.of(found.size(), context.batch())) {
            double[][] logs = overRounds(found, rows);
            for (int i = 0; i < rows.length; i++) {
                scores[rows[i]] = score.of(logs[i]);
            }
        }
        return scores;
    }

    /** What counts of each view, {@code [rows.length][iterations]}. */
    private double[][] overRounds(Candidates found, int[] rows) {
        int[] classes = IntStream.of(rows).map(found.classes()::get).toArray();
        double[][] logs = new double[rows.length][iterations];
        try (NDScope batch = new NDScope()) {
            NDArray images = framed.draw(found, context.random().child("draw"), rows);
            for (int round = 0; round < iterations; round++) {
                context.checkpoint();
                double[] ofRound = inRound(round, images, classes);
                for (int i = 0; i < rows.length; i++) {
                    logs[i][round] = ofRound[i];
                }
                long done = (long) rows[0] * iterations + (long) rows.length * (round + 1);
                context.progress(done, (long) found.size() * iterations, Map.of());
            }
        }
        return logs;
    }

    private double[] inRound(int round, NDArray images, int[] classes) {
        try (NDScope scope = new NDScope()) {
            List<Resampling> seen = IntStream.of(classes)
                    .mapToObj(ofImage -> views.view(ofImage, round))
                    .toList();
            NDArray answers = target.logScores(Resampling.applyEach(images, seen));
            int width = Math.toIntExact(answers.getShape().get(1));
            double[] all = answers.toDoubleArray();
            return IntStream.range(0, classes.length)
                    .mapToDouble(i -> by.of(all, i * width, width, classes[i]))
                    .toArray();
        }
    }
}
