package org.obverse.engine.run;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.Observer;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.ObserverPlan;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/**
 * Runs studies, cell after cell, in a folder of runs:
 *
 * <pre>
 * runs/NAME/          a run: study.yaml (as it was read), plan.yaml (resolved), manifest.json, events.jsonl
 * runs/NAME/CELL/     the same per cell, for a study of several
 * runs/objects/       what units produced, shared by all runs
 * </pre>
 *
 * A run whose folder exists goes on where it stopped.
 */
public final class Runs {
    private final TorchRuntime torch;
    private final Registry registry;
    private final EngineCode engine;

    @Inject
    Runs(TorchRuntime torch, Registry registry, EngineCode engine) {
        this.torch = torch;
        this.registry = registry;
        this.engine = engine;
    }

    /**
     * Where and how a study is run.
     *
     * @param runs the folder of all runs
     * @param base the folder to which file names in the plan are relative
     * @param acceptChanged ids of plugins whose finished units are kept although their code changed since; {@code
     *     engine} for the engine itself
     */
    public record Setting(Path runs, Path base, Set<String> acceptChanged) {
        /** Where the artifacts of all runs lie. */
        public ArtifactStore artifacts() {
            return new ArtifactStore(runs.resolve("objects"));
        }
    }

    /** Whoever shows a study to its user. All methods but {@link #progress} are called on the calling thread. */
    public interface Display extends ProgressListener {
        /**
         * @param number of the cell, from 0
         * @param units what is left to do, in order
         */
        void cellStarted(Cell cell, int number, int cells, List<Unit> units);

        /** As {@link Observer#observe}; what it throws is only logged. */
        void told(RunEvent event);
    }

    /**
     * How a study ended.
     *
     * @param folders of the cells that were worked on
     * @param outcome of the last of them
     * @param reasons why it is not done; empty if it is
     */
    public record StudyResult(List<Path> folders, Outcome outcome, List<Throwable> reasons) {}

    /** The folder of a cell. */
    public static Path folder(Path runs, Study study, Cell cell) {
        Path folder = runs.resolve(study.name());
        return study.cells().size() == 1 ? folder : folder.resolve(cell.name());
    }

    /** What the units of a cell's folder produced so far: artifacts by unit. */
    public static Map<String, String> finished(Path folder) {
        Map<String, String> finished = new LinkedHashMap<>();
        for (RunEvent event : Journal.read(folder.resolve("events.jsonl"))) {
            if (event instanceof RunEvent.Completed e) {
                finished.put(e.unit(), e.artifact());
            } else if (event instanceof RunEvent.Reused e) {
                finished.put(e.unit(), e.artifact());
            }
        }
        return finished;
    }

    /**
     * Runs what is not done yet.
     *
     * @param cancelled ends the work at the next checkpoint once true
     * @throws InvalidConfigurationException before anything is written, with every problem of every cell
     */
    public StudyResult run(Study study, Setting setting, Display display, AtomicBoolean cancelled) {
        check(study, setting);
        try (RunDirectory lock = RunDirectory.open(setting.runs().resolve(study.name()))) {
            new StoredStudy(study, setting.base()).write(lock.folder());
            List<Path> folders = new ArrayList<>();
            for (int i = 0; i < study.cells().size(); i++) {
                Cell cell = study.cells().get(i);
                Path folder = folder(setting.runs(), study, cell);
                folders.add(folder);
                RunDriver.RunResult result = runCell(
                        cell,
                        folder,
                        setting,
                        display,
                        cancelled,
                        i,
                        study.cells().size());
                if (result.outcome() != Outcome.DONE) {
                    return new StudyResult(
                            folders, result.outcome(), result.reason().stream().toList());
                }
            }
            return new StudyResult(folders, Outcome.DONE, List.of());
        }
    }

    /**
     * Asks every part of every cell whether all fits; writes nothing.
     *
     * @throws InvalidConfigurationException with every problem of every cell
     */
    public void check(Study study, Setting setting) {
        List<Problem> problems = new ArrayList<>();
        for (Cell cell : study.cells()) {
            try (RunParts parts = parts(cell, setting)) {
                parts.check();
            } catch (InvalidConfigurationException e) {
                e.problems().stream()
                        .filter(problem -> !problems.contains(problem))
                        .forEach(problems::add);
            }
            problems.addAll(changes(study, cell, setting));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private RunParts parts(Cell cell, Setting setting) {
        return new RunParts(
                cell.plan(), new PlanChecks(cell, registry), new Components(registry), torch, setting.base());
    }

    /** What a run that is to go on finds changed. */
    private List<Problem> changes(Study study, Cell cell, Setting setting) {
        Path folder = folder(setting.runs(), study, cell);
        Path written = folder.resolve("plan.yaml");
        if (!Files.exists(written)) {
            return List.of();
        }
        if (!Manifest.text(written).equals(PlanWriter.yaml(cell.plan()))) {
            return List.of(new Problem(
                    folder.toString(), "this run exists and has another plan", "give the new one a name with --name"));
        }
        return Manifest.read(folder).changes(manifest(cell.plan()), setting.acceptChanged()).stream()
                .map(id -> new Problem(
                        folder.toString(),
                        "the code of '" + id + "' changed since this run began",
                        "keep its finished units with 'obverse resume " + study.name() + " --accept-changed " + id
                                + "', or start anew with --name"))
                .toList();
    }

    private Manifest manifest(Plan plan) {
        Map<String, String> code = new LinkedHashMap<>();
        code.put(EngineCode.ID, engine.hash());
        participants(plan).forEach((id, plugin) -> code.put(id, plugin.contentHash()));
        return new Manifest(torch.facts().version(), code, List.of());
    }

    /** The plugins that a plan uses, by id. */
    private Map<String, LoadedPlugin> participants(Plan plan) {
        Set<String> used = new TreeSet<>();
        UnitPlanner.units(plan, List.of(0), new FileHashes(Path.of("")), new Components(registry))
                .forEach(unit -> used.addAll(unit.plugins()));
        Map<String, LoadedPlugin> plugins = new LinkedHashMap<>();
        for (LoadedPlugin plugin : registry.plugins()) {
            if (used.contains(plugin.id())) {
                plugins.put(plugin.id(), plugin);
            }
        }
        return plugins;
    }

    private RunDriver.RunResult runCell(
            Cell cell, Path folder, Setting setting, Display display, AtomicBoolean cancelled, int index, int cells) {
        Plan plan = cell.plan();
        ArtifactStore artifacts = setting.artifacts();
        String yaml = PlanWriter.yaml(plan);
        try (RunParts parts = parts(cell, setting)) {
            parts.check();
            List<Unit> units =
                    UnitPlanner.units(plan, parts.classes(), new FileHashes(setting.base()), new Components(registry));
            Manifest.write(folder, yaml, manifest(plan), setting.acceptChanged());
            Path file = folder.resolve("events.jsonl");
            RunMachine machine = new RunMachine(units);
            for (RunEvent event : Journal.read(file)) {
                machine.apply(event);
            }
            units.stream()
                    .filter(unit -> machine.isFinished(unit.id()))
                    .filter(unit ->
                            !artifacts.isIntact(machine.result(unit.id()).artifact()))
                    .forEach(unit -> machine.forget(unit.id()));
            display.cellStarted(
                    cell,
                    index,
                    cells,
                    units.stream()
                            .filter(unit -> !machine.isFinished(unit.id()))
                            .toList());
            try (Journal journal = Journal.open(file)) {
                EventSpine spine = spine(plan, parts, artifacts, setting, display);
                Digests digests = new Digests(
                        yaml,
                        participants(plan),
                        engine.hash() + " " + torch.facts().version());
                RunDriver driver =
                        new RunDriver(machine, journal, artifacts, spine, digests, torch, display, cancelled);
                int workers = plan.execution().workers();
                ExecutorService pool = Executors.newFixedThreadPool(workers, torch.threads("worker"));
                try {
                    return driver.drive(
                            pool, workers, (unit, inputs) -> parts.networks().open(inputs, artifacts));
                } finally {
                    pool.shutdown();
                }
            }
        }
    }

    private EventSpine spine(Plan plan, RunParts parts, ArtifactStore artifacts, Setting setting, Display display) {
        EventSpine spine = new EventSpine();
        new Bays(parts, torch, artifacts).all().forEach(spine::register);
        spine.registerBestEffort("display", display::told);
        for (ObserverPlan observer : plan.observers()) {
            String name = observer.observer().name();
            Observer made = observer.observer()
                    .create(new ComponentResources(
                            torch,
                            torch.manager(),
                            new Components(registry),
                            setting.base(),
                            CounterStream.of(plan.seeds().evaluation())
                                    .child("observer")
                                    .child(name),
                            observer.observer().plugin()));
            switch (observer.importance()) {
                case REQUIRED -> spine.register(name, made);
                case BEST_EFFORT -> spine.registerBestEffort(name, made);
            }
        }
        return spine;
    }
}
