package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.network.Classifier;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.lend.MembershipLoan;
import org.obverse.engine.lend.MembershipLoan.Game;
import org.obverse.engine.lend.MembershipLoan.Reference;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.TrainingView;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.CountedClassifier;
import org.obverse.testkit.bench.MembershipSamples;
import org.obverse.testkit.bench.Remembering;
import org.obverse.testkit.rule.MembershipConditions.Case;

/**
 * Calls membership attacks about samples of the bench's data. The target remembers the members, and each reference model half of the
 * samples that are judged.
 */
final class MembershipBench {
    private static final int REFERENCES = 4;
    /** Draws of the training differ so little from the samples that they are recognised. */
    private static final double NOISE = 0.003;

    private final Bench bench;
    private final MembershipSamples samples;
    private final CountedClassifier target;
    private final CountedClassifier another;
    private final List<CountedClassifier> references;

    private MembershipBench(Bench bench) {
        this.bench = bench;
        if (!bench.data().parts().containsAll(Set.of(Part.TRAINING, Part.TEST))) {
            throw new NotTried("the bench's data has no training or no test part; name other data in the notes");
        }
        this.samples = new MembershipSamples(bench.data(), Bench.stream("membership"));
        this.target = remembering("target", samples.members());
        this.another = remembering("another target", samples.judged(sample -> !samples.isMember(sample)));
        this.references = IntStream.range(0, REFERENCES)
                .mapToObj(i -> remembering("reference " + i, samples.judged(sample -> trains(i, sample))))
                .toList();
    }

    static MembershipBench of(Subject<?> subject) {
        return subject.bench().once(MembershipBench.class, () -> new MembershipBench(subject.bench()));
    }

    private CountedClassifier remembering(String name, Images trained) {
        return new CountedClassifier(new Remembering(bench.target(), trained, Bench.stream(name), bench.manager()));
    }

    /** Half of the reference models, drawn for each sample. */
    private static boolean trains(int model, int sample) {
        int[] order = Bench.stream("reference parts").child("sample", sample).permutation(REFERENCES);
        return IntStream.of(order).limit(REFERENCES / 2).anyMatch(one -> one == model);
    }

    int samples() {
        return samples.size();
    }

    boolean isMember(int sample) {
        return samples.isMember(sample);
    }

    /** Calls an attack that is made for this once. */
    MembershipRun run(PlannedComponent<MembershipAttack> chosen, MembershipConditions conditions) {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            return call(chosen.create(bench.resources(chosen.plugin(), own)), own, chosen, conditions);
        }
    }

    /** Makes the attack once and calls it again and again. */
    List<MembershipScores> again(PlannedComponent<MembershipAttack> chosen, int calls) {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            MembershipAttack made = chosen.create(bench.resources(chosen.plugin(), own));
            return IntStream.range(0, calls)
                    .mapToObj(number -> call(made, own, chosen, MembershipConditions.usual())
                            .result())
                    .toList();
        }
    }

    private MembershipRun call(
            MembershipAttack made,
            NDManager own,
            PlannedComponent<MembershipAttack> chosen,
            MembershipConditions conditions) {
        try (NDManager manager = bench.torch().manager().newSubManager()) {
            Open fresh = Open.now(bench, own);
            Course course = new Course(bench, conditions.patience(), List.of(manager, bench.manager()));
            UnitLoan unit = new UnitLoan(Bench.stream("membership attack"), manager, conditions::batch, course);
            MembershipLoan loan = new MembershipLoan(
                    surroundings(chosen, conditions.shown()),
                    game(conditions.shown()),
                    unit,
                    new QueryLedger(Long.MAX_VALUE));
            CountedClassifier asked = target(conditions.shown());
            long seen = asked.images();
            largest();
            Optional<MembershipScores> scores = Optional.empty();
            Optional<Throwable> failure = Optional.empty();
            try (NDScope scope = new NDScope()) {
                scores = Optional.of(made.attack(loan));
            } catch (Throwable e) {
                failure = Optional.of(e);
            }
            return new MembershipRun(
                    scores,
                    failure,
                    course,
                    loan.queries(),
                    asked.images() - seen,
                    largest(),
                    fresh,
                    Open.now(bench, own));
        }
    }

    private MembershipLoan.Surroundings surroundings(PlannedComponent<?> chosen, Case shown) {
        return new MembershipLoan.Surroundings(
                chosen.name(),
                chosen.requirements(),
                () -> filtered(target(shown), shown),
                () -> references(shown),
                () -> new TrainingView(
                        TrainingRecipe.DEFAULT,
                        new Composition(List.of(noise()), 0),
                        bench.data().classes())::of);
    }

    private Game game(Case shown) {
        return switch (shown) {
            case CLEAR, SILENT -> samples.game();
            case REVERSED -> samples.reversed();
            case SILENT_OTHERWISE -> samples.otherwise();
        };
    }

    private CountedClassifier target(Case shown) {
        return shown == Case.SILENT_OTHERWISE ? another : target;
    }

    private TargetModel filtered(Classifier model, Case shown) {
        List<OutputFilter> filters =
                shown == Case.SILENT || shown == Case.SILENT_OTHERWISE ? List.of(AttackerRules.SILENCE) : List.of();
        return new TargetModel(model, filters, bench.torch().gradients());
    }

    private List<Reference> references(Case shown) {
        List<Reference> lent = new ArrayList<>();
        for (int i = 0; i < REFERENCES; i++) {
            int model = i;
            lent.add(new Reference(
                    filtered(references.get(i), shown),
                    sample -> trains(model, shown == Case.REVERSED ? samples.size() - 1 - sample : sample)));
        }
        return lent;
    }

    private static DataTransform noise() {
        return (batch, epoch, random) -> {
            NDArray images = batch.images();
            float[] draws = random.gaussians(Math.toIntExact(images.size()));
            NDArray noise = images.getManager().create(draws, images.getShape()).mul(NOISE);
            return new DataTransform.Batch(images.add(noise), batch.targets());
        };
    }

    private long largest() {
        long largest = Math.max(target.largestSince(), another.largestSince());
        for (CountedClassifier reference : references) {
            largest = Math.max(largest, reference.largestSince());
        }
        return largest;
    }

    /** Seen of one call: the scores, the threshold and what was asked. */
    static String seen(MembershipRun run) {
        MembershipScores said = run.result();
        Fingerprint seen = new Fingerprint();
        said.scores().forEach(seen::numbers);
        said.threshold().ifPresent(seen::numbers);
        return seen.text(new TreeMap<>(run.queries())).end();
    }
}
