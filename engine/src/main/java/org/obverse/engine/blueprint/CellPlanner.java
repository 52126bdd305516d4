package org.obverse.engine.blueprint;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Pooled;
import org.obverse.api.event.UnitName;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.engine.blueprint.ControlPlanner.Controlled;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.DataManifest;
import org.obverse.engine.product.GeneratorNetwork;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.unit.DataUnit;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.GeneratorUnit;
import org.obverse.engine.unit.Maker;

/** Adds the units of one cell to the study's graph: data and networks first, then the attack, then what judges it. */
final class CellPlanner {
    private final Plan plan;
    private final Workplace workplace;
    private final CellComponents components;
    private final DataImages images;
    private final Set<UnitName> units = new LinkedHashSet<>();

    /** What a cell is planned with. */
    record Workplace(
            Equipment equipment,
            Maker maker,
            RunGraph.Builder graph,
            PlanChecks checks,
            Findings findings,
            Acceptance acceptance) {}

    CellPlanner(Plan plan, Workplace workplace, CellComponents components, DataImages images) {
        this.plan = plan;
        this.workplace = workplace;
        this.components = components;
        this.images = images;
    }

    /**
     * Adds the units of a cell; where some of its components are missing, those that need none of them.
     *
     * @param files digest of the files that the data set reads; empty if it reads none
     * @param accepted what is against its study and is accepted
     * @return the names of the cell's units, each behind its inputs
     */
    List<UnitName> units(String files, List<Objection> accepted) {
        Input<MeasuredData> data = data(DataUnit.SLOT, plan.data(), images, files);
        ModelPlanner models = new ModelPlanner(this, plan, components, images, data);
        Map<String, TargetNetwork> targets = models.targets();
        Map<String, Input<Network>> judges = models.judges();
        List<Input<GeneratorNetwork>> generator = new ArrayList<>();
        plan.generator()
                .forEach(chosen ->
                        components.generator().ifPresent(made -> generator.add(generator(chosen, made, data))));
        if (components.isComplete()) {
            Networks networks = new Networks(data, targets, judges);
            AttackPlanner attacks = new AttackPlanner(this, plan, components, networks);
            List<Searched> searched = attacks.plan(generator);
            List<MembershipPlanner.Played> played = new MembershipPlanner(this, plan, components, networks).plan();
            List<Controlled> controlled = new ControlPlanner(this, plan, components, networks).plan(searched);
            new MetricPlanner(this, plan, components, networks, accepted).plan(searched, controlled, played);
            attacks.galleries(searched);
        }
        return List.copyOf(units);
    }

    private Input<MeasuredData> data(String slot, PlannedComponent<Dataset> chosen, DataImages of, String files) {
        return add(new DataUnit(
                name(slot), workplace.equipment(), chosen, of, plan.seeds().split(), files));
    }

    /**
     * What evaluation models look at, which is one unit for all cells that differ in nothing that they see.
     *
     * @param data the cell's own
     */
    Input<MeasuredData> pool(Input<MeasuredData> data) {
        if (!(plan.data().configuration() instanceof Pooled configuration)) {
            return data;
        }
        Maker maker = workplace.maker();
        Record pooled = maker.ask("data", plan.data(), plan.data().subject(), configuration::pooled);
        PlannedComponent<Dataset> chosen =
                new PlannedComponent<>(plan.data().plugin(), plan.data().component(), pooled);
        Dataset made = maker.ask(
                "data",
                chosen,
                chosen.subject(),
                () -> maker.make(chosen, plan.seeds().split(), "data"));
        String files = maker.ask(
                "data", chosen, chosen.subject(), () -> DataManifest.of(made).digest());
        return data(DataUnit.POOL, chosen, new DataImages(made), files);
    }

    private Input<GeneratorNetwork> generator(
            PlannedComponent<GeneratorArchitecture> chosen, GeneratorArchitecture made, Input<MeasuredData> data) {
        GeneratorUnit.Prior prior = new GeneratorUnit.Prior(
                chosen, made, plan.seeds().training(), data, images.plain().shape());
        if (prior.isTrained()) {
            workplace.findings().add(workplace.checks().generatorOrigin(prior.architecture(), images.plain()));
        }
        return add(new GeneratorUnit(
                name(GeneratorUnit.SLOT),
                workplace.equipment(),
                workplace.checks(),
                workplace.maker(),
                prior,
                plan.execution()));
    }

    Workplace workplace() {
        return workplace;
    }

    Dataset data() {
        return images.plain();
    }

    Shape image() {
        return images.plain().shape();
    }

    List<String> classNames() {
        return images.plain().classNames();
    }

    UnitName name(String slot) {
        return name(slot, List.of());
    }

    UnitName name(String slot, List<Integer> classes) {
        return workplace.graph().name(slot, classes);
    }

    UnitName name(Stage stage, List<Integer> classes) {
        return name(stage.label(), classes);
    }

    /** The unit, or the equal one of another cell. */
    <P> Input<P> add(Unit<P> unit) {
        Input<P> input = workplace.graph().add(unit);
        units.add(input.name());
        return input;
    }
}
