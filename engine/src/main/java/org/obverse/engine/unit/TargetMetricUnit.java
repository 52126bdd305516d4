package org.obverse.engine.unit;

import java.util.List;
import java.util.Optional;
import org.obverse.api.data.Part;
import org.obverse.api.event.UnitName;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.TargetLoan;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.product.MetricResult;
import org.obverse.engine.product.Network;
import org.obverse.engine.training.HeldOutImages;

/** Judges a target. */
public final class TargetMetricUnit implements Unit<MetricResult> {
    private final UnitName name;
    private final Equipment equipment;
    private final MetricUse use;
    private final TargetMetric metric;
    private final Input<Network> target;
    private final HeldOutImages held;
    private final Ingredients ingredients;

    /**
     * @param held what the target was not trained on
     */
    public TargetMetricUnit(
            UnitName name,
            Equipment equipment,
            MetricUse use,
            TargetMetric metric,
            Input<Network> target,
            HeldOutImages held) {
        this.name = name;
        this.equipment = equipment;
        this.use = use;
        this.metric = metric;
        this.target = target;
        this.held = held;
        this.ingredients = use.ingredients(equipment).ingredients();
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
        return List.of(use.data(), target);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        return use.problems(use.path(), tooFew());
    }

    @Override
    public MetricResult perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(use.seed(), use.role()));
        return use.gate()
                .pass(
                        tooFew(),
                        () -> metric.measure(new TargetLoan(
                                loan,
                                use.data(inputs, equipment),
                                inputs.get(target).classifier(),
                                heldOut(inputs))));
    }

    private List<Integer> heldOut(Inputs inputs) {
        return held.isEmpty()
                ? List.of()
                : held.rows(inputs.get(use.data())
                        .images()
                        .plain()
                        .images(Part.TRAINING)
                        .size());
    }

    private List<Objection> tooFew() {
        return use.samples().ofImages(use.plan(), Optional.empty());
    }

    @Override
    public Codec<MetricResult> codec() {
        return new MetricResult.Form(equipment.torch().manager());
    }
}
