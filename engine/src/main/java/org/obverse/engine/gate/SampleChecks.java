package org.obverse.engine.gate;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.FeatureBased;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.metric.Samples.Counted;
import org.obverse.api.network.Classifier;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.MetricPlan;
import org.obverse.engine.plan.Objection;

/**
 * Whether a metric is given as many samples as it says it needs.
 *
 * @param data that it reads
 * @param classes whose private images count
 */
public record SampleChecks(Dataset data, Set<Integer> classes) {
    public SampleChecks {
        classes = Set.copyOf(classes);
    }

    /**
     * Too few private images.
     *
     * @param judge whose features are compared; empty if it is not known yet, or there is none
     */
    public List<Objection> ofImages(MetricPlan metric, Optional<Classifier> judge) {
        return needs(metric).stream()
                .filter(samples -> samples.of() != Counted.RECONSTRUCTIONS)
                .flatMap(samples -> missing(metric, samples, count(samples.of()), judge).stream())
                .toList();
    }

    /** Too few reconstructions. */
    public List<Objection> ofReconstructions(MetricPlan metric, long count, Optional<Classifier> judge) {
        return needs(metric).stream()
                .filter(samples -> samples.of() == Counted.RECONSTRUCTIONS)
                .flatMap(samples -> missing(metric, samples, count, judge).stream())
                .toList();
    }

    private static List<Samples> needs(MetricPlan metric) {
        return metric.metric().configuration() instanceof Sampled sampled ? sampled.samples() : List.of();
    }

    private static Optional<Objection> missing(
            MetricPlan metric, Samples samples, long count, Optional<Classifier> judge) {
        long features = judge.map(model -> features(metric, model)).orElse(0L);
        long needed = samples.needed(features);
        return count >= needed
                ? Optional.empty()
                : Optional.of(new Objection(
                        Ground.TOO_FEW_SAMPLES,
                        "%s has %d %s and needs %d: %s"
                                .formatted(metric.name(), count, words(samples.of()), needed, samples.reason())));
    }

    private static String words(Counted of) {
        return of == Counted.RECONSTRUCTIONS ? "reconstructions" : of.name().toLowerCase(Locale.ROOT) + " images";
    }

    private static long features(MetricPlan metric, Classifier judge) {
        return metric.metric().configuration() instanceof FeatureBased compared
                ? judge.taps().stream()
                        .filter(tap -> tap.name().equals(compared.tap()))
                        .map(tap -> tap.shape())
                        .mapToLong(Shape::size)
                        .findFirst()
                        .orElse(0)
                : 0;
    }

    private long count(Counted of) {
        Part part = of == Counted.TRAINING ? Part.TRAINING : Part.TEST;
        if (!data.parts().contains(part)) {
            return 0;
        }
        Images images = data.images(part);
        return IntStream.range(0, images.size())
                .filter(i -> classes.contains(images.label(i)))
                .count();
    }
}
