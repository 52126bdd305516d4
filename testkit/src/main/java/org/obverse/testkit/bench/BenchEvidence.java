package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.JudgedByPanel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MembershipMetric;
import org.obverse.api.metric.Metric;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.lend.DeclaredData;
import org.obverse.engine.lend.JudgedMembership;
import org.obverse.engine.lend.ReconstructionLoan;
import org.obverse.engine.lend.TargetLoan;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.PlannedComponent;

/**
 * What a metric is shown at a bench, lent as the engine lends it: no more than it declared, but for parts of the data, which are
 * noted instead.
 */
public final class BenchEvidence {
    private final Bench bench;
    private final Shown shown;
    private final UnitLoan unit;
    private final Set<Part> parts = EnumSet.noneOf(Part.class);
    private long read;

    /**
     * What there is to be looked at.
     *
     * @param judges a configuration names one of them; the first if it names none
     * @param scores for metrics of membership attacks
     */
    public record Shown(Classifier target, List<EvaluationModel> judges, Candidates candidates, KnownScores scores) {}

    /**
     * @param watch is told of checkpoints and progress
     */
    public BenchEvidence(Bench bench, Shown shown, NDManager manager, int batch, UnitLoan.Watch watch) {
        this.bench = bench;
        this.shown = shown;
        this.unit = new UnitLoan(Bench.stream("evaluation"), manager, () -> batch, watch);
    }

    /** A classifier that takes every class for the one after it. */
    public static Classifier mistaken(Classifier right) {
        return new Changed(right, logits -> logits.get(":, -1:").concat(logits.get(":, :-1"), 1));
    }

    /** A classifier whose answers are not finite. */
    public static Classifier speechless(Classifier right) {
        return new Changed(right, logits -> logits.mul(Float.NaN));
    }

    /** Parts of the data that were asked for. */
    public Set<Part> parts() {
        return Set.copyOf(parts);
    }

    /** Images of candidates that were asked for. */
    public long read() {
        return read;
    }

    /**
     * Lets a metric judge.
     *
     * @param chosen what it was made of
     */
    public Measurement measure(PlannedComponent<Metric> chosen, Metric metric) throws MetricFailedException {
        DeclaredData data = new DeclaredData(
                new DataImages(new Noted(bench.data(), parts)), chosen.name(), EnumSet.allOf(Part.class));
        if (metric instanceof TargetMetric ofTarget) {
            return ofTarget.measure(new TargetLoan(unit, data, shown.target(), List.of()));
        }
        if (metric instanceof MembershipMetric ofAttacks) {
            KnownScores said = shown.scores();
            return ofAttacks.measure(
                    new JudgedMembership(unit, data, said.attacks(), said.memberClasses(), said.otherClasses()));
        }
        ReconstructionLoan loan = new ReconstructionLoan(unit, data, lent(chosen));
        return ((ReconstructionMetric) metric).measure(new Counted(loan));
    }

    private ReconstructionLoan.Shown lent(PlannedComponent<Metric> chosen) {
        Requirements requirements = chosen.requirements();
        return new ReconstructionLoan.Shown(
                requirements.reads().contains(Reading.SNAPSHOTS)
                        ? shown::candidates
                        : () -> withoutSnapshots(shown.candidates()),
                requirements.reads().contains(Reading.TARGET) ? List.of(shown.target()) : List.of(),
                judges(chosen.configuration()));
    }

    private List<EvaluationModel> judges(Record configuration) {
        if (configuration instanceof JudgedByPanel panel) {
            return panel.judges().isEmpty()
                    ? shown.judges()
                    : panel.judges().stream().map(this::judge).toList();
        }
        if (configuration instanceof Judged judged) {
            return List.of(judged.judge().isEmpty() ? shown.judges().get(0) : judge(judged.judge()));
        }
        return List.of();
    }

    private EvaluationModel judge(String name) {
        return shown.judges().stream()
                .filter(judge -> judge.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Candidates withoutSnapshots(Candidates all) {
        return new Candidates(all.representation(), all.classes(), all.scores(), all.curves());
    }

    /** Counts the images that a metric asks for. */
    private final class Counted implements Reconstructions {
        private final Reconstructions loan;

        Counted(Reconstructions loan) {
            this.loan = loan;
        }

        @Override
        public NDArray drawn(Candidates candidates, int... rows) {
            read += rows.length;
            return loan.drawn(candidates, rows);
        }

        @Override
        public NDArray saved(Candidates candidates, int... rows) {
            read += rows.length;
            return loan.saved(candidates, rows);
        }

        @Override
        public NDArray shown(NDArray images, EvaluationModel model) {
            return loan.shown(images, model);
        }

        @Override
        public Candidates candidates() {
            return loan.candidates();
        }

        @Override
        public Classifier target() {
            return loan.target();
        }

        @Override
        public EvaluationModel judge() {
            return loan.judge();
        }

        @Override
        public List<EvaluationModel> judges() {
            return loan.judges();
        }

        @Override
        public Dataset data() {
            return loan.data();
        }

        @Override
        public Images images(Part part, EvaluationModel model) {
            return loan.images(part, model);
        }

        @Override
        public NDManager manager() {
            return loan.manager();
        }

        @Override
        public int batch() {
            return loan.batch();
        }

        @Override
        public RandomStream random() {
            return loan.random();
        }

        @Override
        public void checkpoint() {
            loan.checkpoint();
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {
            loan.progress(done, total, figures);
        }
    }

    /** The data, with a note of each part that is read. */
    private record Noted(Dataset data, Set<Part> read) implements Dataset {
        @Override
        public int classes() {
            return data.classes();
        }

        @Override
        public List<String> classNames() {
            return data.classNames();
        }

        @Override
        public Shape shape() {
            return data.shape();
        }

        @Override
        public Set<Part> parts() {
            return data.parts();
        }

        @Override
        public Images images(Part part) {
            read.add(part);
            return data.images(part);
        }
    }
}
