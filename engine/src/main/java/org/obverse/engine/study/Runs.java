package org.obverse.engine.study;

import ai.djl.ndarray.NDManager;
import com.google.inject.Inject;
import com.google.inject.Injector;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.place.Place;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.drive.Bus;
import org.obverse.engine.drive.Driver;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.drive.LiveRun;
import org.obverse.engine.drive.Mailbox;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.drive.Threads;
import org.obverse.engine.drive.Workshop;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.ListenerPlan.Importance;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.DeviceMemory;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.FileHashes;

/**
 * Runs studies in a folder of runs, each in a {@link StudyFolder} of its name; {@code objects} beside them holds what units
 * produced, shared by all runs. A study whose folder exists goes on where it stopped.
 */
public final class Runs {
    private final TorchRuntime torch;
    private final Registry registry;
    private final EngineCode engine;
    private final Injector root;

    @Inject
    Runs(TorchRuntime torch, Registry registry, EngineCode engine, Injector root) {
        this.torch = torch;
        this.registry = registry;
        this.engine = engine;
        this.root = root;
    }

    /**
     * How a study ended.
     *
     * @param begun whether its folder says that it was begun
     * @param reasons why it is not done; empty if it is
     */
    public record StudyResult(boolean begun, Outcome outcome, List<Throwable> reasons) {}

    /**
     * Runs what is not done yet.
     *
     * @param cancelled ends the work at the next checkpoint once true, and reading files before the next one
     * @throws InvalidConfigurationException before anything is written, with every problem of every cell
     * @throws PluginFailedException if a plugin fails before the first unit; a new run is left behind with that in its
     *     journal, and goes on once the plugin was mended
     */
    public StudyResult run(Study study, Setting setting, Audience audience, AtomicBoolean cancelled) {
        StudyFolder folder = StudyFolder.of(setting.runs(), study.name());
        LiveRun live = new LiveRun(study.name(), folder.path(), setting.artifacts());
        Mailbox mailbox = new Mailbox();
        try (NDManager manager = torch.manager().newSubManager();
                Bus bus = audience.bus(live)) {
            Equipment equipment = equipment(setting, manager, new Supervision(cancelled, mailbox.telling(bus)));
            Blueprint blueprint = blueprint(study, folder, equipment, bus, setting);
            blueprint.findings().requireNothing();
            try (FolderLock lock = FolderLock.open(folder.path());
                    OpenStore store = OpenStore.of(blueprint, setting.artifacts());
                    Leases leases = store.leases()) {
                leases.enter(folder.path());
                begin(study, folder, blueprint, equipment, setting);
                Execution execution = execution(study);
                RunModule.Surroundings surroundings =
                        new RunModule.Surroundings(live, bus, mailbox, cancelled, execution.onOutOfMemory()::batches);
                return drive(folder, blueprint, surroundings, store.products(), leases, setting, execution);
            }
        } catch (CancelledException e) {
            return new StudyResult(StoredStudy.isIn(folder.path()), Outcome.INTERRUPTED, List.of(e));
        }
    }

    private Equipment equipment(Setting setting, NDManager manager, Supervision supervision) {
        return new Equipment(
                torch,
                new Components(registry),
                engine,
                manager,
                setting.base(),
                new FileHashes(setting.base()),
                supervision);
    }

    private Blueprint blueprint(Study study, StudyFolder folder, Equipment equipment, Bus bus, Setting setting) {
        try {
            Blueprint blueprint = new Blueprint(study, equipment);
            requireUnchanged(study, folder, blueprint, equipment, setting);
            blueprint.askPlaces();
            return blueprint;
        } catch (PluginFailedException e) {
            try {
                leave(study, folder, bus, setting, e);
            } catch (InvalidConfigurationException occupied) {
                e.addSuppressed(occupied);
            }
            throw e;
        }
    }

    /** The end of a run that failed before its first unit is a fact like others; what exists already is left as it is. */
    private void leave(Study study, StudyFolder folder, Bus bus, Setting setting, PluginFailedException failure) {
        RunFact.Ended ended = new RunFact.Ended(Outcome.FAILED, String.valueOf(failure.getMessage()));
        try (FolderLock lock = FolderLock.open(folder.path())) {
            if (!StoredStudy.isIn(folder.path())) {
                new StoredStudy(study, setting.base()).write(folder.path());
                try (Journal journal = Journal.open(folder.events())) {
                    journal.append(new RunFact.Planned(List.of()));
                    journal.append(ended);
                }
            }
        }
        bus.end(ended);
    }

    /** Writes down what is about to be run; the manifest makes the study begun. */
    private void begin(Study study, StudyFolder folder, Blueprint blueprint, Equipment equipment, Setting setting) {
        new StoredStudy(study, setting.base()).write(folder.path());
        for (int i = 0; i < blueprint.data().size(); i++) {
            blueprint.data().get(i).manifest().write(folder.data(i));
        }
        folder.write(study.cells(), blueprint.graph());
        Manifest.write(folder.path(), Manifest.of(blueprint, equipment), setting.acceptChanged());
    }

    private StudyResult drive(
            StudyFolder folder,
            Blueprint blueprint,
            RunModule.Surroundings surroundings,
            ProductStore store,
            Leases leases,
            Setting setting,
            Execution execution) {
        blueprint.listeners().forEach((plan, listener) -> {
            if (plan.importance() == Importance.REQUIRED) {
                surroundings.bus().register(plan.listener().name(), listener);
            } else {
                surroundings.bus().registerBestEffort(plan.listener().name(), listener);
            }
        });
        Journal.Reading earlier = Journal.read(folder.events());
        List<RunFact> finished =
                new Resumption(blueprint.graph(), store, setting.acceptChanged()).finished(earlier.facts());
        if (earlier.isDamaged()) {
            Journal.renew(folder.events(), blueprint.graph().planned(), finished);
        }
        Workshop.Faults faults = faults(surroundings.cancelled());
        List<Place> planned =
                blueprint.places().isEmpty() ? List.of(new Threads(execution.workers())) : blueprint.places();
        try (Workshop workshop = new Workshop(blueprint.graph(), store, faults, surroundings.cancelled()::get);
                OpenPlaces places = OpenPlaces.of(
                        planned, new PlaceLoan(workshop, torch.threads("worker"), setting.worker(), folder.places()));
                Journal journal = Journal.open(folder.events())) {
            Driver.Result result = root.createChildInjector(new RunModule(
                            blueprint.graph(),
                            new RunModule.Records(store, leases, journal),
                            surroundings,
                            places.places()))
                    .getInstance(Driver.class)
                    .drive(finished);
            return new StudyResult(true, result.outcome(), result.reasons());
        }
    }

    /**
     * Performs units of a study that another process runs, until the orders end.
     *
     * @param orders lines of the process that runs it
     * @param answers lines for it
     * @param cancelled ends the work at the next checkpoint once true
     */
    public void work(Study study, Setting setting, InputStream orders, PrintStream answers, AtomicBoolean cancelled) {
        Worker worker = new Worker(answers, cancelled);
        try (NDManager manager = torch.manager().newSubManager()) {
            Equipment equipment = equipment(setting, manager, new Supervision(cancelled, progress -> {}));
            Blueprint blueprint = new Blueprint(study, equipment);
            blueprint.findings().requireNothing();
            try (OpenStore store = OpenStore.of(blueprint, setting.artifacts());
                    Workshop workshop =
                            new Workshop(blueprint.graph(), store.products(), faults(cancelled), worker::isCancelled)) {
                worker.work(orders, workshop, torch.threads("worker"));
            }
        }
    }

    private Workshop.Faults faults(AtomicBoolean cancelled) {
        Blame blame = new Blame(registry, torch.manager(), cancelled);
        return new Workshop.Faults(DeviceMemory::isExhausted, blame::of, blame::requireOpen);
    }

    /** Of all cells: they run in one process. */
    private static Execution execution(Study study) {
        return study.cells().get(0).plan().execution();
    }

    /**
     * Asks every part of every cell whether all fits, and says what a run would do; writes nothing, but the files of a run that
     * has begun are read.
     *
     * @return with the missing files; what they hold, and whether networks fit it, was not checked
     * @throws CancelledException if it was ended before that
     * @throws InvalidConfigurationException with every problem of every cell, if there is another one than missing files
     */
    public DryRun rehearse(Study study, Setting setting, Audience audience, AtomicBoolean cancelled) {
        StudyFolder folder = StudyFolder.of(setting.runs(), study.name());
        LiveRun live = new LiveRun(study.name(), folder.path(), setting.artifacts());
        try (NDManager manager = torch.manager().newSubManager();
                Bus bus = audience.bus(live)) {
            Equipment equipment = equipment(setting, manager, new Supervision(cancelled, new Mailbox().telling(bus)));
            Blueprint blueprint = new Blueprint(study, equipment);
            requireUnchanged(study, folder, blueprint, equipment, setting);
            blueprint.findings().requireNoProblems();
            return DryRun.of(
                    blueprint.graph(),
                    new ProductStore(setting.artifacts()),
                    blueprint.findings().missing());
        }
    }

    /** What a run that is to go on finds changed is a problem of it. */
    private void requireUnchanged(
            Study study, StudyFolder folder, Blueprint blueprint, Equipment equipment, Setting setting) {
        if (Manifest.isIn(folder.path())) {
            Changes changes = new Changes(study, folder);
            blueprint.findings().add(changes.problems(blueprint, equipment, setting.acceptChanged()));
        }
    }
}
