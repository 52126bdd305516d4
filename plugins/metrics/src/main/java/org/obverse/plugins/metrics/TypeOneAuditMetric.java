package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.tensor.Resampling;

/**
 * Whether what an evaluation model recognises survives changes that no person would mind, as a true likeness does and a Type-I adversarial
 * example need not (arXiv 2505.03519): Acc@1 on the reconstructions as they were drawn, as saved (clamped and
 * rounded to 8 bit), blurred (Gaussian, σ 1 pixel), as JPEG of quality 75 and mirrored, the last three of the saved ones; and how many points
 * each change takes. Where saving moves Acc@1 by a point or more, scores of images as drawn are of what nobody can look at: the figure {@code
 * hangs on unsaved detail} is then 1.
 */
record TypeOneAuditMetric(Configuration configuration) implements ReconstructionMetric {
    private static final GaussianBlur BLUR = new GaussianBlur(1);
    private static final JpegCompression JPEG = new JpegCompression(75);
    private static final double POINTS = 100;

    /** Which judge. */
    public record Configuration(
            @Meaning("name of the evaluation model that judges; empty: the plan's only one")
            String judge) implements Judged {
        static final Configuration DEFAULT = new Configuration("");

        /** Figures are shares of what it takes for the person. */
        @Override
        public Basis basis() {
            return Basis.RECOGNITION;
        }
    }

    /** What is judged. */
    private enum Version {
        DRAWN("as drawn", "saving"),
        SAVED("as saved", ""),
        BLURRED("blurred", "blur"),
        COMPRESSED("as JPEG", "JPEG"),
        MIRRORED("mirrored", "mirroring");

        private final String accuracy;
        private final String change;

        Version(String state, String change) {
            this.accuracy = "Acc@1 " + state;
            this.change = change;
        }

        NDArray of(Reconstructions evidence, int... rows) {
            Candidates candidates = evidence.candidates();
            if (this == DRAWN) {
                return evidence.drawn(candidates, rows);
            }
            NDArray saved = evidence.saved(candidates, rows);
            return switch (this) {
                case BLURRED -> BLUR.of(saved);
                case COMPRESSED -> JPEG.of(saved);
                case MIRRORED -> Resampling.of(saved.getShape()).flip().apply(saved);
                default -> saved;
            };
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        requirePictures(evidence);
        Judge judge = Judge.of(evidence, configuration);
        Map<Version, List<Verdict>> verdicts = new EnumMap<>(Version.class);
        int[] rows = IntStream.range(0, evidence.candidates().size()).toArray();
        for (Version version : Version.values()) {
            Gallery changed = new Gallery(
                    judge,
                    rows,
                    evidence.candidates().classes()::get,
                    chosen -> evidence.shown(version.of(evidence, chosen), judge.model()));
            verdicts.put(version, changed.verdicts());
        }
        return new Measurement(figures(judge, verdicts), List.of(table(judge, verdicts)), List.of());
    }

    private static void requirePictures(Reconstructions evidence) throws MetricFailedException {
        Candidates candidates = evidence.candidates();
        if (candidates.size() == 0) {
            throw new MetricFailedException("candidates: the attack delivered none to judge; look at why its stages"
                    + " ended early, or raise the budget");
        }
        try (NDScope scope = new NDScope()) {
            Shape one = evidence.drawn(candidates, 0).getShape();
            if (one.dimension() != 4 || (one.get(1) != 1 && one.get(1) != 3)) {
                throw new MetricFailedException("candidates: an image of shape "
                        + one.slice(1)
                        + " is no picture of one or three channels, so that there is nothing to"
                        + " blur, compress or mirror; drop the metric");
            }
        }
    }

    private static List<Figure> figures(Judge judge, Map<Version, List<Verdict>> verdicts) {
        List<Figure> figures = new ArrayList<>();
        long saved = right(verdicts, Version.SAVED);
        double images = all(verdicts, Version.SAVED).size();
        verdicts.forEach((version, of) -> figures.add(
                new Figure(judge.figure(version.accuracy), Accuracy.of(of).top1(), Better.HIGHER, "fraction")));
        for (Version version : Version.values()) {
            if (version != Version.SAVED) {
                long lost = saved - right(verdicts, version);
                long drop = version == Version.DRAWN ? -lost : lost;
                String name = judge.figure("drop by " + version.change);
                figures.add(new Figure(name, POINTS * drop / images, Better.NEITHER, "points"));
            }
        }
        boolean hangs = POINTS * Math.abs(right(verdicts, Version.DRAWN) - saved) >= images;
        String name = judge.figure("hangs on unsaved detail");
        figures.add(new Figure(name, hangs ? 1 : 0, Better.NEITHER, "1 if saving moves a point"));
        return figures;
    }

    private static Table table(Judge judge, Map<Version, List<Verdict>> verdicts) {
        List<String> columns =
                Arrays.stream(Version.values()).map(version -> version.accuracy).toList();
        List<Row> rows = new TreeSet<>(all(verdicts, Version.SAVED).stream()
                        .map(Verdict::imageClass)
                        .toList())
                .stream()
                        .map(c -> new Row(
                                c,
                                verdicts.values().stream()
                                        .map(of -> Accuracy.of(of.stream()
                                                        .filter(verdict -> verdict.imageClass() == c)
                                                        .toList())
                                                .top1())
                                        .toList()))
                        .toList();
        return new Table(judge.figure("Type-I audit"), columns, rows);
    }

    private static long right(Map<Version, List<Verdict>> verdicts, Version version) {
        return all(verdicts, version).stream().filter(Verdict::correct).count();
    }

    private static List<Verdict> all(Map<Version, List<Verdict>> verdicts, Version version) {
        return verdicts.getOrDefault(version, List.of());
    }
}
