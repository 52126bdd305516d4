package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Pass;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;

/** How often the first judge recognises a candidate. */
record Metrics(Fault fault, double weight, Resources resources, AtomicInteger calls) implements ReconstructionMetric {
    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        TWO_OF_ONE_NAME("figures-are-finite-and-named"),
        DIVIDES_BY_ZERO("figures-are-finite-and-named-2"),
        SMALLER_IS_BETTER("the-best-case-beats-the-worst"),
        MEAN_OF_BATCHES("order-of-candidates-is-irrelevant"),
        NEEDS_TWO("failure-is-typed"),
        IS_NEVER_UNDEFINED("failure-is-typed-2"),
        CALLS_FAILURE_NOTHING("failure-is-typed-3"),
        READS_MORE("reads-what-it-declares"),
        SHOWS_ALL_AT_ONCE("batches-are-no-larger-than-asked"),
        TIRES("calls-are-not-counted"),
        WORKS_FOR_SECONDS("checkpoints-are-obeyed-3"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        EXPLAINS_THE_END("checkpoints-are-obeyed-2"),
        LEAKS_PER_BATCH("nothing-is-left-open"),
        RECORDS_ON("nothing-is-left-open-2");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Metric> subjects() {
        return new Subjects<>(
                Kind.METRIC,
                List.of(Fault.values()),
                fault -> Requirements.none().data(Part.TRAINING),
                (fault, weight, resources) -> new Metrics(fault, weight, resources, new AtomicInteger()));
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        if (fault == Fault.RECORDS_ON) {
            resources.gradients().recording();
        }
        calls.incrementAndGet();
        evidence.data().images(fault == Fault.READS_MORE ? Part.TEST : Part.TRAINING);
        List<Double> hits = new ArrayList<>();
        List<Double> batches = new ArrayList<>();
        int size = evidence.candidates().size();
        if (fault == Fault.NEEDS_TWO && size < 2) {
            throw new IllegalStateException("one candidate is too few");
        }
        int batch = fault == Fault.SHOWS_ALL_AT_ONCE ? size : evidence.batch();
        if (fault == Fault.WORKS_FOR_SECONDS && evidence.batch() == 3) {
            Labour.forASecond();
        }
        for (int from = 0; from < size; from += batch) {
            lookUp(evidence);
            if (fault == Fault.LEAKS_PER_BATCH) {
                NDScope.unregister(resources.manager().create(1f));
            }
            int[] rows = IntStream.range(from, Math.min(size, from + batch)).toArray();
            List<Double> more = hits(evidence, evidence.judge(), rows);
            hits.addAll(more);
            batches.add(mean(more));
        }
        return measured(hits, batches);
    }

    private void lookUp(Reconstructions evidence) throws MetricFailedException {
        if (fault == Fault.NEVER_LOOKS_UP) {
            return;
        }
        try {
            evidence.checkpoint();
        } catch (RuntimeException e) {
            if (fault == Fault.EXPLAINS_THE_END) {
                throw new MetricFailedException("the run ended: " + e.getMessage());
            }
            throw e;
        }
    }

    private Measurement measured(List<Double> hits, List<Double> batches) {
        double accuracy = mean(fault == Fault.MEAN_OF_BATCHES ? batches : hits);
        Better better = fault == Fault.SMALLER_IS_BETTER ? Better.LOWER : Better.HIGHER;
        Figure figure = new Figure("recognised", weight * accuracy * grown(), better, "fraction");
        return switch (fault) {
            case TWO_OF_ONE_NAME -> Measurement.of(figure, figure);
            case DIVIDES_BY_ZERO ->
                Measurement.of(figure, new Figure("odds", 1 / (8 * accuracy - 5), Better.NEITHER, "ratio"));
            default -> Measurement.of(figure);
        };
    }

    private double grown() {
        return Labour.grown(fault == Fault.TIRES ? calls.get() : 0);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private List<Double> hits(Reconstructions evidence, EvaluationModel judge, int... rows)
            throws MetricFailedException {
        try (NDScope scope = new NDScope()) {
            NDArray images = evidence.images(evidence.candidates(), judge, rows);
            NDArray logits = judge.classifier()
                    .forward(images, Pass.evaluation(evidence.random()))
                    .logits();
            boolean finite = Float.isFinite(logits.sum().getFloat());
            if (!finite && fault == Fault.IS_NEVER_UNDEFINED) {
                return List.of(Double.NaN);
            }
            if (!finite && fault == Fault.CALLS_FAILURE_NOTHING) {
                return List.of(0.0);
            }
            if (!finite) {
                throw new MetricFailedException("the judge's answers are not finite; look at the candidates' images");
            }
            long[] judged = logits.argMax(1).toLongArray();
            return IntStream.range(0, rows.length)
                    .mapToObj(i -> judged[i] == evidence.candidates().classes().get(rows[i]) ? 1.0 : 0.0)
                    .toList();
        }
    }
}
