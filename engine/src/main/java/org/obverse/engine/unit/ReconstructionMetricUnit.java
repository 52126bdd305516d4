package org.obverse.engine.unit;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.Generator;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Problem;
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
import org.obverse.engine.product.Found;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.StageFigures;
import org.obverse.engine.product.StoredCandidates.Way;

/** Judges what an attack found: depends on what the metric declared and on nothing else. */
public final class ReconstructionMetricUnit implements Unit<MetricResult> {
    private final UnitName name;
    private final Equipment equipment;
    private final MetricUse use;
    private final ReconstructionMetric metric;
    private final Shown shown;
    private final Ingredients ingredients;

    /**
     * What the metric declared.
     *
     * @param found of the stage that it judges
     * @param way whether it reads snapshots
     * @param target at most one, if it reads it
     * @param judges none if nobody judges
     * @param space that was searched
     * @param scene of the images that it judges
     */
    public record Shown(
            List<Input<Found>> found,
            Way way,
            List<Input<Network>> target,
            List<Judge> judges,
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
        shown.judges().forEach(judge -> list.value("judge", judge.plan().name()).value("crop", shown.crop(judge)));
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
        }
        return problems;
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
        try {
            Measurement measured = metric.measure(new ReconstructionLoan(loan, use.data(inputs, equipment), lent));
            return new MetricResult.Measured(use.plan()
                    .of()
                    .map(stage -> StageFigures.of(stage, measured))
                    .orElse(measured));
        } catch (MetricFailedException e) {
            return new MetricResult.Undefined(String.valueOf(e.getMessage()));
        }
    }

    /** The evaluation models that it asks. */
    public List<EvaluationModel> judges(Inputs inputs) {
        return shown.judges().stream()
                .map(judge -> new EvaluationModel(
                        judge.plan().name(),
                        inputs.get(judge.model()).classifier(),
                        shown.crop(judge)))
                .toList();
    }

    @Override
    public Codec<MetricResult> codec() {
        return new MetricResult.Form(equipment.torch().manager());
    }
}
