package org.obverse.engine.unit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.gate.JudgeChecks;
import org.obverse.engine.gate.JudgeChecks.Asked;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.ReconstructionLoan;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.product.DataManifest;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.StageFigures;
import org.obverse.engine.product.StoredCandidates.Way;

/** Judges what an attack found: depends on what the metric declared and on nothing else. */
public final class ReconstructionMetricUnit implements Unit<MetricResult> {
    /** Public images that are private ones, of those that are named. */
    private static final int NAMED = 3;

    private final UnitName name;
    private final Equipment equipment;
    private final MetricUse use;
    private final ReconstructionMetric metric;
    private final Shown shown;
    private final Set<Objection> before = new LinkedHashSet<>();
    private final Ingredients ingredients;

    /**
     * What the metric declared.
     *
     * @param found of the stage that it judges
     * @param way whether it reads snapshots
     * @param target at most one, if it reads it
     * @param judges none if nobody judges
     * @param asked the models that the attack asked, which the judge is held against; none without a judge
     * @param readers of public images among the components of the attack
     * @param space that was searched
     * @param scene of the images that it judges
     */
    public record Shown(
            List<Input<Found>> found,
            Way way,
            List<Input<Network>> target,
            List<Judge> judges,
            List<Asked> asked,
            List<String> readers,
            SearchSpace space,
            Scene scene) {
        int crop(Judge judge) {
            return scene == Scene.GENERATOR ? judge.plan().crop() : 0;
        }
    }

    /** An evaluation model of the plan. */
    public record Judge(EvaluationPlan plan, Input<Network> model) {}

    /** What images show. */
    public enum Scene {
        /** What a generator's do, of which a judge may crop the middle. */
        GENERATOR,
        /** What the data do. */
        DATA
    }

    public ReconstructionMetricUnit(
            UnitName name, Equipment equipment, MetricUse use, ReconstructionMetric metric, Shown shown) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.metric = metric;
        this.shown = shown;
        IngredientList list = use.ingredients(equipment);
        if (!shown.judges().isEmpty()) {
            list.value(
                            "judge",
                            shown.judges().stream()
                                    .map(judge -> judge.plan().name())
                                    .toList())
                    .value("crop", shown.judges().stream().map(shown::crop).toList());
        }
        list.value("readers", shown.readers());
        use.plan().of().ifPresent(stage -> list.value("of", stage.label()));
        this.ingredients = list.ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return use.plan().name();
    }

    @Override
    public List<Input<?>> inputs() {
        List<Input<?>> inputs = new ArrayList<>(List.of(use.data()));
        inputs.addAll(shown.found());
        inputs.addAll(shown.target());
        shown.judges().forEach(judge -> inputs.add(judge.model()));
        shown.asked().forEach(asked -> inputs.add(asked.model()));
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        List<Problem> problems = new ArrayList<>();
        for (Judge judge : shown.judges()) {
            known.of(judge.model(), Classifier.class)
                    .ifPresent(model -> problems.addAll(use.checks().judge(use.index(), model)));
            shown.space().known(known).ifPresent(searched -> problems.addAll(crop(judge, searched)));
            List<Objection> against = judgeChecks(judge).before(known);
            problems.addAll(use.problems(judge.plan().path(), against));
            before.addAll(against);
        }
        List<Objection> tooFew = use.samples().ofImages(use.plan(), known(known));
        problems.addAll(use.problems(use.path(), tooFew));
        before.addAll(tooFew);
        known.of(use.data(), DataManifest.class)
                .map(files -> leaks(String.join("; ", files.leaked())))
                .ifPresent(leaked -> problems.addAll(use.problems(DataUnit.SLOT, leaked)));
        return problems;
    }

    private Optional<Classifier> known(Known known) {
        return shown.judges().stream().findFirst().flatMap(judge -> known.of(judge.model(), Classifier.class));
    }

    private JudgeChecks judgeChecks(Judge judge) {
        return new JudgeChecks(use.plan(), use.data(), judge.plan(), judge.model(), shown.asked());
    }

    private List<Objection> leaks(String pairs) {
        return pairs.isEmpty() || shown.readers().isEmpty()
                ? List.of()
                : List.of(new Objection(
                        Ground.PRIVATE_IN_PUBLIC,
                        "the attacker has private images among the public ones (%s), which %s reads"
                                .formatted(shortened(pairs), String.join(", ", shown.readers()))));
    }

    private static String shortened(String pairs) {
        List<String> all = List.of(pairs.split("; ", -1));
        return all.size() <= NAMED
                ? pairs
                : String.join("; ", all.subList(0, NAMED)) + "; and " + (all.size() - NAMED) + " more";
    }

    private List<Objection> objections(Inputs inputs, long candidates) {
        List<Objection> objections = new ArrayList<>(before);
        for (Judge judge : shown.judges()) {
            objections.addAll(judgeChecks(judge).now(inputs));
        }
        objections.addAll(use.samples()
                .ofReconstructions(
                        use.plan(),
                        candidates,
                        shown.judges().stream()
                                .findFirst()
                                .map(judge -> inputs.get(judge.model()).classifier())));
        objections.addAll(leaks(inputs.get(use.data()).leaked()));
        return objections.stream().distinct().toList();
    }

    private List<Problem> crop(Judge judge, Generator searched) {
        return use.checks().crop(judge.plan(), searched.image());
    }

    @Override
    public MetricResult perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(use.seed(), use.role()));
        ReconstructionLoan.Shown lent = new ReconstructionLoan.Shown(
                () -> Found.read(
                        shown.found().stream().map(inputs::get).toList(), List.of(), loan.manager(), shown.way()),
                shown.target().stream()
                        .map(target -> inputs.get(target).classifier())
                        .toList(),
                judges(inputs));
        List<Objection> objections = objections(inputs, lent.candidates().get().size());
        return use.gate().pass(objections, () -> {
            Measurement measured = metric.measure(new ReconstructionLoan(loan, use.data(inputs, equipment), lent));
            return use.plan()
                    .of()
                    .map(stage -> StageFigures.of(stage, measured))
                    .orElse(measured);
        });
    }

    /** The evaluation models that it asks. */
    public List<EvaluationModel> judges(Inputs inputs) {
        return shown.judges().stream()
                .map(judge -> new EvaluationModel(
                        judge.plan().name(), inputs.get(judge.model()).classifier(), shown.crop(judge)))
                .toList();
    }

    @Override
    public Codec<MetricResult> codec() {
        return new MetricResult.Form(equipment.torch().manager());
    }
}
