package org.obverse.engine.control;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Representation;
import org.obverse.api.control.Control;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.lend.ControlLoan;
import org.obverse.engine.lend.StageLoan;
import org.obverse.engine.lend.UndeclaredGenerator;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.PreparedNetworks;
import org.obverse.engine.product.StoredCandidates.Way;
import org.obverse.engine.target.QueryLedger;
import org.obverse.engine.target.TargetModel;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.unit.IngredientList;
import org.obverse.engine.unit.Maker;
import org.obverse.engine.unit.SearchSpace;
import org.obverse.engine.unit.StageUse;

/**
 * A control of one cell, and the attack that it is compared with.
 *
 * @param index of its entry in the plan
 * @param made the component
 * @param needs of the component and those named in its configuration
 * @param target that the attack is after, read only if the control declares access
 * @param seed of the evaluation
 */
public record ControlUse(
        int index,
        PlannedComponent<Control> plan,
        Control made,
        Needs needs,
        StageUse.Target target,
        Input<MeasuredData> data,
        Attack attack,
        long seed,
        PlanChecks checks,
        Maker maker) {
    /** The first part of the slots of units. */
    public static final String SLOT = "control/";

    /**
     * An attack that was planned.
     *
     * @param space that it searched
     * @param delivered by its last stage
     * @param searches the units of all its stages
     * @param openers of representations, by form
     * @param classes that are attacked, in the order of the request
     * @param centerCrop side of the central square that it shows the target; 0 for whole images
     */
    public record Attack(
            SearchSpace space,
            List<Input<Found>> delivered,
            List<Input<Found>> searches,
            Map<String, Representation.Opener> openers,
            List<Integer> classes,
            int centerCrop) {}

    /** Also the role whose stream it draws from. */
    public String slot() {
        return SLOT + plan.name();
    }

    Set<Reading> reads() {
        return plan.requirements().reads();
    }

    boolean asksTarget() {
        return needs.access() != Access.NONE;
    }

    /** Whether its images are those of a generator, be it that it draws them or that the attack did. */
    public boolean showsGenerator() {
        return !needs.generator().isEmpty() || reads().contains(Reading.CANDIDATES);
    }

    /** What it reads, and what its candidates are opened with. */
    List<Input<?>> inputs() {
        Set<Input<?>> inputs = new LinkedHashSet<>();
        if (!needs.data().isEmpty()) {
            inputs.add(data);
        }
        if (asksTarget()) {
            inputs.add(target.model());
        }
        if (showsGenerator()) {
            inputs.addAll(attack.space().inputs());
        }
        if (reads().contains(Reading.DELIVERED) || reads().contains(Reading.CANDIDATES)) {
            inputs.addAll(attack.delivered());
        }
        if (reads().contains(Reading.QUERIES)) {
            inputs.addAll(attack.space().prepared());
            inputs.addAll(attack.searches());
        }
        return List.copyOf(inputs);
    }

    /** What it may ask, and how the attack looks, are part of what its value depends on, if it asks at all. */
    IngredientList addTo(IngredientList list) {
        if (reads().contains(Reading.VIEW) && attack.centerCrop() > 0) {
            list.value("center-crop", attack.centerCrop());
        }
        return asksTarget()
                ? list.components("filter", target.filtered())
                        .value("access", target.plan().access().label())
                : list;
    }

    ControlLoan loan(Inputs inputs, UnitLoan unit, TorchRuntime torch) {
        StageLoan.Surroundings surroundings = new StageLoan.Surroundings(
                plan.name(),
                needs,
                attack.classes(),
                () -> new TargetModel(inputs.get(target.model()).classifier(), target.filters(), torch.gradients()),
                needs.generator().isEmpty()
                        ? new UndeclaredGenerator(plan.name())
                        : attack.space().generator(inputs, plan.name()),
                showsGenerator() ? attack.space().networks(inputs) : Map.of(),
                () -> inputs.get(data).images().plain().images(Part.PUBLIC));
        StageLoan stage = new StageLoan(surroundings, unit, attack.classes(), new QueryLedger(Long.MAX_VALUE));
        List<Input<Found>> delivered = attack.delivered();
        return new ControlLoan(
                stage,
                new ControlLoan.Reads(plan.name(), needs.data(), reads()),
                () -> inputs.get(data).images(),
                new ControlLoan.Attacked(
                        () -> delivered.stream()
                                .flatMap(found -> stored(inputs, found).classes(unit.manager()).stream())
                                .toList(),
                        () -> Found.read(
                                delivered.stream().map(inputs::get).toList(),
                                attack.classes(),
                                unit.manager(),
                                Way.LEFT_OUT),
                        () -> queries(inputs),
                        attack.centerCrop()));
    }

    private static Found.Stored stored(Inputs inputs, Input<Found> found) {
        return (Found.Stored) inputs.get(found);
    }

    /** Of all stages, preparing among them. */
    private long queries(Inputs inputs) {
        Stream<Map<String, Long>> prepared = attack.space().prepared().stream()
                .map(input -> ((PreparedNetworks.Opened) inputs.get(input)).queries());
        Stream<Map<String, Long>> searched =
                attack.searches().stream().map(input -> stored(inputs, input).queries());
        return Stream.concat(prepared, searched)
                .flatMap(asked -> asked.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** With which candidates are opened. */
    Generator opening(Inputs inputs) {
        return showsGenerator() ? attack.space().generator(inputs, plan.name()) : new UndeclaredGenerator(plan.name());
    }

    /** A control that opens representations of its own does so under its name. */
    Map<String, Representation.Opener> openers() {
        Map<String, Representation.Opener> openers = new LinkedHashMap<>(attack.openers());
        if (made instanceof Representation.Opener opener) {
            openers.put(plan.name(), opener);
        }
        return openers;
    }

    /** What it has against the target and the generator, as far as they are known. */
    List<Problem> check(Known known, Shape image, int batch) {
        List<Problem> problems = new ArrayList<>();
        if (asksTarget()) {
            known.of(target.model(), Classifier.class)
                    .ifPresent(model -> problems.addAll(checks.taps(
                            index,
                            new TreeSet<>(model.taps().stream().map(Tap::name).toList()))));
        }
        if (needs.generator().isEmpty()) {
            problems.addAll(preflight(new UndeclaredGenerator(plan.name()), image, batch));
        } else {
            attack.space().known(known).ifPresent(generator -> problems.addAll(fit(generator, image, batch)));
        }
        return problems;
    }

    /** What it has against the generator that the attack searched. */
    List<Problem> fit(Generator generator, Shape image, int batch) {
        List<Problem> problems = new ArrayList<>(checks.generator(index, generator));
        return problems.isEmpty() ? preflight(generator, image, batch) : problems;
    }

    private List<Problem> preflight(Generator generator, Shape image, int batch) {
        if (!(made instanceof Preflight preflight)) {
            return List.of();
        }
        Preflight.Setting setting = new Preflight.Setting(generator, image, attack.classes(), batch);
        return maker.ask(
                PlanChecks.controlPath(index),
                plan,
                "the preflight",
                () -> checks.preflight(index, preflight, setting));
    }
}
