package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Dataset;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Place;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.store.ObjectStore;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.RemoteStore;
import org.obverse.engine.blueprint.CellPlanner.Workplace;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.ListenerPlan;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.Splits;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.product.DataManifest;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.Maker;

/** The graph of a study, its listeners, and what is against it. Everything is made once, asked, and then driven. */
public final class Blueprint {
    private final Equipment equipment;
    private final Maker maker;
    private final Findings findings = new Findings();
    private final IdentityHashMap<Dataset, DataFiles> data = new IdentityHashMap<>();
    private final List<DataFiles> files = new ArrayList<>();
    private final Map<ListenerPlan, RunListener> listeners = new LinkedHashMap<>();
    private final List<NamedPlace> places = new ArrayList<>();
    private final List<NamedStore> store = new ArrayList<>();
    private final Acceptance acceptance;
    private final RunGraph built;

    /**
     * A data set of the study.
     *
     * @param manifest the files that it reads
     */
    public record DataFiles(DataImages images, DataManifest manifest) {}

    /**
     * Makes a study's components and asks all of them whether they fit together; writes nothing.
     *
     * @throws org.obverse.engine.plugin.PluginFailedException if a plugin throws
     */
    public Blueprint(Study study, Equipment equipment) {
        this.equipment = equipment;
        this.maker = new Maker(equipment);
        this.acceptance = new Acceptance(study);
        RunGraph.Builder graph = new RunGraph.Builder();
        study.cells().forEach(cell -> add(graph, study, cell));
        this.built = graph.build();
        if (built.cells().size() == study.cells().size()) {
            findings.add(acceptance.needless());
        }
        check();
    }

    private void add(RunGraph.Builder graph, Study study, Cell cell) {
        equipment.supervision().checkpoint();
        PlanChecks checks = new PlanChecks(cell, equipment.components().registry());
        CellComponents made = new CellComponents(cell, checks, maker, findings);
        listeners(cell, checks);
        if (places.isEmpty()) {
            places(cell, checks);
        }
        if (store.isEmpty()) {
            store(cell, checks);
        }
        for (TargetPlan target : cell.plan().targets().values()) {
            findings.add(checks.defenses(target, made.defenses(target.name())));
        }
        List<Objection> splits = Splits.against(study, cell);
        List<Objection> accepted = acceptance.accepted(cell.plan(), splits);
        if (accepted.isEmpty()) {
            splits.forEach(objection -> findings.add(List.of(Splits.problem(study, objection))));
        }
        Workplace workplace = new Workplace(equipment, maker, graph, checks, findings, acceptance);
        made.data().ifPresent(dataset -> add(cell, workplace, made, dataset, accepted));
    }

    /** What could be made of an incomplete cell is looked at, but such a cell is no part of the graph's. */
    private void add(Cell cell, Workplace workplace, CellComponents made, Dataset dataset, List<Objection> accepted) {
        PlanChecks checks = workplace.checks();
        try {
            DataFiles known = data(cell, dataset);
            findings.add(
                    maker.ask("data", cell.plan().data(), cell.plan().data().subject(), () -> checks.data(dataset)));
            CellPlanner planner = new CellPlanner(cell.plan(), workplace, made, known.images());
            List<UnitName> units = planner.units(known.manifest().digest(), accepted);
            if (made.isComplete()) {
                workplace
                        .graph()
                        .cell(new RunView.Cell(cell.name(), coordinates(cell), PlanWriter.yaml(cell.plan()), units));
            }
        } catch (InvalidConfigurationException e) {
            findings.add(e, checks.located("data", e.problems()));
        }
    }

    private DataFiles data(Cell cell, Dataset dataset) {
        DataFiles known = data.get(dataset);
        if (known == null) {
            DataManifest manifest =
                    maker.ask("data", cell.plan().data(), cell.plan().data().subject(), () -> DataManifest.of(dataset));
            known = new DataFiles(new DataImages(dataset), manifest);
            data.put(dataset, known);
            files.add(known);
        }
        return known;
    }

    private void listeners(Cell cell, PlanChecks checks) {
        List<ListenerPlan> plans = cell.plan().listeners();
        for (int i = 0; i < plans.size(); i++) {
            ListenerPlan plan = plans.get(i);
            String key = "listeners." + i;
            try {
                RunListener made = maker.ask(
                        key,
                        plan.listener(),
                        plan.listener().subject(),
                        () -> maker.make(
                                plan.listener(),
                                cell.plan().seeds().evaluation(),
                                "listener/" + plan.listener().name()));
                listeners.putIfAbsent(plan, new NamedListener(key, plan.listener(), made));
            } catch (InvalidConfigurationException e) {
                findings.add(e, checks.refused(key, e));
            }
        }
    }

    /** Those of one cell, as all agree on them. */
    private void places(Cell cell, PlanChecks checks) {
        List<PlannedComponent<Place>> plans = cell.plan().places();
        for (int i = 0; i < plans.size(); i++) {
            PlannedComponent<Place> plan = plans.get(i);
            String key = "execution.places." + i;
            String role = "place/" + i;
            try {
                Place made = maker.ask(
                        key,
                        plan,
                        plan.subject(),
                        () -> maker.make(plan, cell.plan().seeds().evaluation(), role));
                places.add(new NamedPlace(key, plan, made));
            } catch (InvalidConfigurationException e) {
                findings.add(e, checks.refused(key, e));
            }
        }
    }

    /** That of one cell, as all agree on it. */
    private void store(Cell cell, PlanChecks checks) {
        String key = "execution.store";
        for (PlannedComponent<ObjectStore> plan : cell.plan().store()) {
            try {
                ObjectStore made = maker.ask(
                        key,
                        plan,
                        plan.subject(),
                        () -> maker.make(plan, cell.plan().seeds().evaluation(), "store"));
                store.add(new NamedStore(key, plan, made));
            } catch (InvalidConfigurationException e) {
                findings.add(e, checks.refused(key, e));
            }
        }
    }

    private static Map<String, String> coordinates(Cell cell) {
        Map<String, String> coordinates = new LinkedHashMap<>();
        cell.coordinates().forEach(at -> coordinates.put(at.axis(), at.value()));
        return coordinates;
    }

    private void check() {
        try (Known known = new Known()) {
            for (Unit<?> unit : built.units()) {
                equipment.supervision().checkpoint();
                try {
                    findings.add(unit.check(known));
                } catch (InvalidConfigurationException e) {
                    findings.add(e, e.problems());
                }
            }
        }
    }

    /** Its cells are those that have no problem. */
    public RunGraph graph() {
        return built;
    }

    /** Asks the places whether they can work on this machine; what keeps them from it is found. */
    public void askPlaces() {
        places.forEach(place -> findings.add(place.check()));
    }

    /** What is wrong, and which files are missing. */
    public Findings findings() {
        return findings;
    }

    /** In the order of the plans. */
    public Map<ListenerPlan, RunListener> listeners() {
        return listeners;
    }

    /** Where the plans want units to be performed; empty for threads of this process. */
    public List<Place> places() {
        return List.copyOf(places);
    }

    /** What the plans share with runs on other machines, at most one, which copies here what it lends; connected to nothing yet. */
    public List<RemoteStore> remote(ArtifactStore here) {
        return store.stream()
                .map(named -> new RemoteStore(named, named.chosen().subject(), here))
                .toList();
    }

    /** Whether a listener, a place or the store of the study is a plugin's. */
    public boolean accompanies(LoadedPlugin plugin) {
        return store.stream().anyMatch(named -> named.chosen().plugin() == plugin)
                || listeners.keySet().stream().anyMatch(plan -> plan.listener().plugin() == plugin)
                || places.stream().anyMatch(place -> place.chosen().plugin() == plugin);
    }

    /** The data sets, each once, in the order of the cells. */
    public List<DataFiles> data() {
        return List.copyOf(files);
    }
}
