package org.obverse.plugins.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often a model recognises images, and how surely: plain means over the images, as PPA's evaluation computes them
 * (Struppek et al. 2022, released code).
 *
 * @param top1 share of images whose class is predicted
 * @param top5 share of images whose class is among the five likeliest
 * @param confidence mean probability of the image's class
 * @param correctConfidence the same over correctly classified images only; NaN if there are none
 */
record Accuracy(double top1, double top5, double confidence, double correctConfidence) {
    private static final int TOP = 5;

    /**
     * @param verdicts at least one, in any order
     */
    static Accuracy of(List<Verdict> verdicts) {
        return new Accuracy(
                share(verdicts, 1),
                share(verdicts, TOP),
                meanConfidence(verdicts),
                meanConfidence(verdicts.stream().filter(Verdict::correct).toList()));
    }

    /** The same for the images of each class, by class in ascending order. */
    static Map<Integer, Accuracy> perClass(List<Verdict> verdicts) {
        return verdicts.stream()
                .collect(Collectors.groupingBy(
                        Verdict::imageClass,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Accuracy::of)));
    }

    private static double share(List<Verdict> verdicts, int top) {
        return (double) verdicts.stream()
                        .filter(verdict -> verdict.rank() < top)
                        .count()
                / verdicts.size();
    }

    private static double meanConfidence(List<Verdict> verdicts) {
        return verdicts.stream().mapToDouble(Verdict::confidence).average().orElse(Double.NaN);
    }
}
