package org.obverse.engine.unit;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.obverse.api.attack.Preflight;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;

/**
 * A stage of one cell's attack: its component, the model that it asks, and whom it is after.
 *
 * @param made the component
 * @param needs of the component and those named in its configuration
 * @param target which it reads only if it declares access
 * @param data whose public images it may read
 * @param allClasses that are attacked, in the order of the request
 */
public record StageUse(
        StagePlan<?> plan,
        Object made,
        Needs needs,
        Target target,
        Input<MeasuredData> data,
        List<Integer> allClasses,
        PlanChecks checks,
        Maker maker) {
    /**
     * A target as its attackers see it.
     *
     * @param filtered defenses with output filters
     */
    public record Target(
            TargetPlan plan,
            Input<Network> model,
            List<PlannedComponent<Defense>> filtered,
            List<OutputFilter> filters) {}

    String component() {
        return plan.component().name();
    }

    public Requirements requirements() {
        return plan.component().requirements();
    }

    boolean asksTarget() {
        return needs.access() != Access.NONE;
    }

    boolean readsData() {
        return !needs.data().isEmpty();
    }

    /** What the unit may ask is part of what its value depends on, if it asks at all. */
    IngredientList addTo(IngredientList list) {
        return asksTarget()
                ? list.components("filter", target.filtered())
                        .value("access", target.plan().access().label())
                        .value("budget", target.plan().budget().getOrDefault(plan.stage(), Long.MAX_VALUE))
                : list;
    }

    StageLoan.Surroundings surroundings(Inputs inputs, SearchSpace space, TorchRuntime torch) {
        Supplier<TargetModel> model =
                () -> new TargetModel(inputs.get(target.model()).classifier(), target.filters(), torch.gradients());
        return new StageLoan.Surroundings(
                component(),
                needs,
                allClasses,
                model,
                space.generator(inputs, component()),
                space.networks(inputs),
                () -> inputs.get(data).images().plain().images(Part.PUBLIC));
    }

    /** What the stage has against the model that it asks. */
    List<Problem> taps(Known known) {
        return asksTarget()
                ? known.of(target.model(), Classifier.class)
                        .map(model -> checks.taps(plan, names(model.taps())))
                        .orElse(List.of())
                : List.of();
    }

    private static Set<String> names(List<Tap> taps) {
        return new TreeSet<>(taps.stream().map(Tap::name).toList());
    }

    /** What the stage has against a generator, once it would be able to work with it. */
    List<Problem> preflight(Generator generator, Shape input, int batch) {
        if (!(made instanceof Preflight preflight)) {
            return List.of();
        }
        Preflight.Setting setting = new Preflight.Setting(generator, input, allClasses, batch);
        return maker.ask(
                plan.path(), plan.component(), "the preflight", () -> checks.preflight(plan, preflight, setting));
    }
}
