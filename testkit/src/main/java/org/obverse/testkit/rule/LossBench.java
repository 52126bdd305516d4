package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.IdentityLoss.Assessment;
import org.obverse.api.attack.SearchStep;
import org.obverse.api.attack.SearchStep.Candidate;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements.LeastImages;
import org.obverse.api.plugin.Requirements.NetworkUse;
import org.obverse.api.plugin.Use;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.testkit.bench.Bench;

/** Asks identity losses about draws from the generator's prior, two for each of the bench's classes. */
final class LossBench {
    static final int STEPS = 3;
    private static final int DRAWS = 2;

    private final Bench bench;
    private final Recipe before;

    private LossBench(Subject<?> subject) {
        this.bench = subject.bench();
        this.before = new Recipe(bench, subject.notes(), prepared(subject));
    }

    static LossBench of(Subject<?> subject) {
        return subject.once(LossBench.class, () -> new LossBench(subject));
    }

    /** What an attack of the same plugin prepares, or else a preparer of it alone, for losses that ask a network that was made. */
    private static Map<Stage, Use> prepared(Subject<?> subject) {
        return subject.contribution().plugin().components().stream()
                .filter(component -> component.kind() == Kind.ATTACK)
                .map(Component::name)
                .map(name ->
                        subject.bench().components().recipe(subject.notes().settled(Kind.ATTACK.name(), Use.of(name))))
                .flatMap(recipe -> Optional.ofNullable(recipe.stages().get(Stage.PREPARE)).stream())
                .findFirst()
                .or(() -> preparers(subject).findFirst())
                .map(use -> Map.of(Stage.PREPARE, use))
                .orElse(Map.of());
    }

    private static Stream<Use> preparers(Subject<?> subject) {
        return subject.contribution().plugin().components().stream()
                .filter(component -> component.kind() == Kind.PREPARER)
                .map(component -> Use.of(component.name()));
    }

    /** Outputs of the model that losses are asked about. */
    int targetClasses() {
        return bench.target().classes();
    }

    int candidates() {
        return DRAWS * bench.classes().size();
    }

    /** What the loss says of all candidates in one step. */
    interface Look {
        void at(SearchStep step, Assessment assessed, NDArray gradient);
    }

    /** The loss in use, made for one unit. */
    interface Trial {
        void with(IdentityLoss.Objective objective, LossBench bench);
    }

    /** Under the usual batch. */
    void begin(PlannedComponent<IdentityLoss> chosen, Trial trial) {
        begin(chosen, StageConditions.usual(bench.classes()), trial);
    }

    /** In batches of some size. */
    void begin(PlannedComponent<IdentityLoss> chosen, int batch, Trial trial) {
        begin(chosen, StageConditions.usual(bench.classes()).ofBatch(batch), trial);
    }

    private void begin(PlannedComponent<IdentityLoss> chosen, StageConditions conditions, Trial trial) {
        requireGiven(Needs.of(chosen, bench.components()));
        try (NDManager own = bench.torch().manager().newSubManager();
                NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            IdentityLoss loss = chosen.create(bench.resources(chosen.plugin(), own));
            trial.with(objective(chosen, loss, conditions, manager), this);
        }
    }

    /**
     * @throws NotTried if a plan with what the bench has would be refused
     */
    private void requireGiven(Needs needs) {
        for (LeastImages least : needs.images()) {
            int there = bench.data().images(least.part()).size();
            if (least.count() > there) {
                throw new NotTried("'%s' asks for %d images, and the bench has %d; give it fewer as its settings"
                        .formatted(least.key(), least.count(), there));
            }
        }
        for (NetworkUse use : needs.networks()) {
            if (!before.prepared().networks().containsKey(use.name())) {
                throw new NotTried("'%s' names the network '%s', and the bench has %s; name one of them in its settings"
                        .formatted(
                                use.key(),
                                use.name(),
                                before.prepared().networks().keySet()));
            }
        }
    }

    private IdentityLoss.Objective objective(
            PlannedComponent<IdentityLoss> chosen, IdentityLoss loss, StageConditions conditions, NDManager manager) {
        StageTrial trial = StageTrial.of(bench, chosen, Stage.OPTIMIZE, conditions, manager, before.prepared());
        TargetModel target =
                new TargetModel(bench.target(), List.of(), bench.torch().gradients());
        WhiteBox model =
                (WhiteBox) target.oracle(Access.WHITE_BOX, new QueryLedger(Long.MAX_VALUE), Bench.stream("target"));
        return loss.begin(model, trial.context());
    }

    private Generator generator() {
        return before.prepared().generator();
    }

    /** Where the candidates start, {@code [N, ...]}. */
    NDArray start() {
        int size = generator().latentSize();
        float[] values = Bench.stream("points").gaussians(candidates() * size);
        return generator().locate(bench.manager().create(values, new Shape(candidates(), size)));
    }

    /**
     * @param rows of the candidates in the batch, consecutive
     * @param points {@code [rows.length, ...]}
     */
    SearchStep step(int number, NDArray points, int... rows) {
        List<Candidate> candidates = IntStream.of(rows)
                .mapToObj(row -> new Candidate(
                        row,
                        bench.classes().get(row / DRAWS),
                        Bench.stream("row " + row).child("step", number)))
                .toList();
        return new SearchStep(number, candidates, points, generator()::generate, DataType.FLOAT64);
    }

    /** Every candidate, in one batch. */
    int[] all() {
        return IntStream.range(0, candidates()).toArray();
    }

    /** Differentiates what the loss says. */
    void differentiated(IdentityLoss.Objective objective, int number, NDArray points, Look look, int... rows) {
        Gradients gradients = bench.torch().gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(points);
            SearchStep step = step(number, variable, rows);
            Assessment assessed = objective.at(step);
            NDArray slope =
                    gradients.of(assessed.losses().sum(), new NDList(variable)).head();
            look.at(step, assessed, slope);
        }
    }

    /** What the loss says of some candidates. */
    double[] losses(IdentityLoss.Objective objective, NDArray points, int... rows) {
        Gradients gradients = bench.torch().gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            return objective
                    .at(step(0, gradients.variable(points), rows))
                    .losses()
                    .toType(DataType.FLOAT64, false)
                    .toDoubleArray();
        }
    }

    /** The losses of all candidates together. */
    double sum(IdentityLoss.Objective objective, NDArray points) {
        return Arrays.stream(losses(objective, points, all())).sum();
    }

    static NDArray rows(NDArray points, int from, int to) {
        return points.get(new NDIndex("{}:{}", from, to));
    }

    /** Uses the loss twice in the same way. */
    void staysAfter(PlannedComponent<IdentityLoss> chosen) throws Exception {
        try (NDManager own = bench.torch().manager().newSubManager()) {
            IdentityLoss loss = chosen.create(bench.resources(chosen.plugin(), own));
            Open.staysAfter(bench, own, () -> {
                try (NDManager manager = bench.torch().manager().newSubManager()) {
                    IdentityLoss.Objective objective =
                            objective(chosen, loss, StageConditions.usual(bench.classes()), manager);
                    differentiated(objective, 0, start(), (step, assessed, gradient) -> {}, all());
                }
            });
        }
    }
}
