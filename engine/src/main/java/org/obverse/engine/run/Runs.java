package org.obverse.engine.run;

import com.google.inject.Inject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
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

    /** Whoever shows a study to its user. All methods of its own are called on the calling thread. */
    public interface Display extends ProgressListener, ItemListener {
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
     * @param cancelled ends the work at the next checkpoint once true, and reading files before the next one
     * @return also if a cell turns out not to fit after all when its turn comes, which its journal says
     * @throws InvalidConfigurationException before anything is written, with every problem of every cell
     * @throws PluginFailedException if a plugin fails before the first cell is begun; a new run is left behind with that
     *     in its journal, and goes on once the plugin was mended
     */
    public StudyResult run(Study study, Setting setting, Display display, AtomicBoolean cancelled) {
        List<Path> folders = new ArrayList<>();
        try {
            return run(study, setting, display, cancelled, folders);
        } catch (CancelledException e) {
            return new StudyResult(folders, Outcome.INTERRUPTED, List.of(e));
        }
    }

    private StudyResult run(
            Study study, Setting setting, Display display, AtomicBoolean cancelled, List<Path> folders) {
        FileHashes files = new FileHashes(setting.base());
        Supervision supervision = new Supervision(cancelled, display);
        try {
            refuse(new Rehearsal(study, setting, files, supervision, registry, engine, torch).missing());
        } catch (PluginFailedException e) {
            try {
                leave(study, setting, files, e);
            } catch (InvalidConfigurationException occupied) {
                e.addSuppressed(occupied);
            }
            throw e;
        }
        try (RunDirectory lock = RunDirectory.open(setting.runs().resolve(study.name()))) {
            new StoredStudy(study, setting.base()).write(lock.folder());
            int cells = study.cells().size();
            for (int i = 0; i < cells; i++) {
                Cell cell = study.cells().get(i);
                Path folder = folder(setting.runs(), study, cell);
                folders.add(folder);
                RunDriver.RunResult result;
                try {
                    result = runCell(cell, folder, setting, display, cancelled, i, cells);
                } catch (InvalidConfigurationException | PluginFailedException e) {
                    result = failed(cell, folder, files, e);
                }
                if (result.outcome() != Outcome.DONE) {
                    return new StudyResult(
                            folders, result.outcome(), result.reason().stream().toList());
                }
            }
            return new StudyResult(folders, Outcome.DONE, List.of());
        }
    }

    /** What exists already is left as it is. */
    private void leave(Study study, Setting setting, FileHashes files, PluginFailedException failure) {
        try (RunDirectory lock = RunDirectory.open(setting.runs().resolve(study.name()))) {
            if (StoredStudy.isIn(lock.folder())) {
                return;
            }
            new StoredStudy(study, setting.base()).write(lock.folder());
            for (Cell cell : study.cells()) {
                earlyEnd(files).write(folder(setting.runs(), study, cell), cell.plan(), failure);
            }
        }
    }

    private EarlyEnd earlyEnd(FileHashes files) {
        return new EarlyEnd(files, registry, engine, torch.facts().version());
    }

    /** What was found as all fitted may have changed while the cells before were worked on. */
    private RunDriver.RunResult failed(Cell cell, Path folder, FileHashes files, RuntimeException failure) {
        try {
            earlyEnd(files).write(folder, cell.plan(), failure);
        } catch (InvalidConfigurationException | UncheckedIOException unwritten) {
            failure.addSuppressed(unwritten);
        }
        return new RunDriver.RunResult(Outcome.FAILED, Optional.of(failure));
    }

    /**
     * Asks every part of every cell whether all fits; writes nothing, but the files of a run that has begun are read.
     *
     * @throws CancelledException if it was ended before that
     * @throws InvalidConfigurationException with every problem of every cell
     */
    public void check(Study study, Setting setting, Supervision supervision) {
        refuse(rehearse(study, setting, supervision));
    }

    private static void refuse(List<Problem> missing) {
        if (!missing.isEmpty()) {
            throw new InvalidConfigurationException(missing);
        }
    }

    /**
     * As {@link #check}, but files that are not there are only noted, and what depends on them is left out.
     *
     * @return the missing files; what they hold, and whether networks fit it, was not checked
     * @throws CancelledException if it was ended before that
     * @throws InvalidConfigurationException with every problem of every cell, if there is another one than missing files
     */
    public List<Problem> rehearse(Study study, Setting setting, Supervision supervision) {
        FileHashes files = new FileHashes(setting.base());
        return new Rehearsal(study, setting, files, supervision, registry, engine, torch).missing();
    }

    private RunDriver.RunResult runCell(
            Cell cell, Path folder, Setting setting, Display display, AtomicBoolean cancelled, int index, int cells) {
        Plan plan = cell.plan();
        ArtifactStore artifacts = setting.artifacts();
        String yaml = PlanWriter.yaml(plan);
        try (RunParts parts = RunParts.of(cell, registry, torch, setting.base(), new Supervision(cancelled, display))) {
            parts.check();
            DataManifest data = parts.data().manifest();
            FileHashes files = new FileHashes(setting.base());
            List<Unit> units = UnitPlanner.units(plan, parts.classes(), data.digest(), files, new Components(registry));
            Participants participants = Participants.of(plan, files, registry);
            Manifest.write(
                    folder, yaml, participants.manifest(torch.facts().version(), engine), setting.acceptChanged());
            data.write(folder);
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
                EventSpine spine = spine(plan, parts, artifacts, display);
                Digests digests = new Digests(
                        yaml,
                        participants.plugins(),
                        engine.hash() + " " + torch.facts().version() + " " + torch.device(),
                        registry);
                RunDriver driver =
                        new RunDriver(machine, journal, artifacts, spine, digests, torch, display, cancelled);
                int workers = plan.execution().workers();
                ExecutorService pool = Executors.newFixedThreadPool(workers, torch.threads("worker"));
                try {
                    return driver.drive(
                            pool,
                            plan.execution(),
                            (unit, inputs) -> parts.networks().open(inputs, artifacts));
                } finally {
                    pool.shutdown();
                }
            }
        }
    }

    private EventSpine spine(Plan plan, RunParts parts, ArtifactStore artifacts, Display display) {
        EventSpine spine = new EventSpine();
        new Bays(parts, torch, artifacts).all().forEach(spine::register);
        spine.registerBestEffort("display", display::told);
        for (int i = 0; i < plan.observers().size(); i++) {
            ObserverPlan observer = plan.observers().get(i);
            Observer made = new NamedObserver(
                    "observers." + i, observer.observer(), parts.observers().get(i));
            switch (observer.importance()) {
                case REQUIRED -> spine.register(observer.observer().name(), made);
                case BEST_EFFORT -> spine.registerBestEffort(observer.observer().name(), made);
            }
        }
        return spine;
    }
}
