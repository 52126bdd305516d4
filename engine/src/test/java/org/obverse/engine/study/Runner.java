package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.torch.TorchRuntime;

/** Runs plans as the command line does, and remembers what it was told since it was last cleared. */
final class Runner implements RunListener {
    private static final TorchRuntime TORCH = TorchRuntime.start();

    private final Registry registry;
    private final Path folder;
    private final List<RunFact> told = new ArrayList<>();
    private Consumer<Progress> progress = shown -> {};

    /**
     * @param folder to which files in plans are relative, and in which folders of runs are made
     */
    Runner(Registry registry, Path folder) {
        this.registry = registry;
        this.folder = folder;
    }

    void onProgress(Consumer<Progress> listener) {
        progress = listener;
    }

    Runs runs() {
        return new Runs(TORCH, registry, new EngineCode(), Guice.createInjector());
    }

    /** This, on the run's thread. */
    Audience audience() {
        return new Audience(this, List.of());
    }

    Setting setting(String runs) {
        return new Setting(folder.resolve(runs), folder, Set.of());
    }

    Study study(String plan, String name) {
        return new PlanReader(registry).read(plan, name + ".yaml", name, List.of());
    }

    Runs.StudyResult run(String plan, String name, String runs) {
        return run(plan, name, runs, new AtomicBoolean());
    }

    Runs.StudyResult run(String plan, String name, String runs, AtomicBoolean cancelled) {
        Runs.StudyResult result = runs().run(study(plan, name), setting(runs), audience(), cancelled);
        assertEquals("", Journal.read(events(name, runs)).damage());
        return result;
    }

    /** The units that a run performed, in all its attempts, as its journal says. */
    List<String> performed(String name, String runs) {
        List<String> performed = new ArrayList<>();
        for (RunFact fact : Journal.read(events(name, runs)).facts()) {
            if (fact instanceof RunFact.Offered e) {
                performed.add(e.unit().toString());
            }
        }
        return performed;
    }

    RunRecord record(String name, String cell, String runs) {
        return RunRecord.of(
                        StudyFolder.of(folder.resolve(runs), name),
                        setting(runs).artifacts(),
                        TORCH.manager())
                .apply(cell);
    }

    Path events(String name, String runs) {
        return StudyFolder.of(folder.resolve(runs), name).events();
    }

    List<RunFact> told() {
        return told;
    }

    /** What was made, by the unit's printed name. */
    Map<String, RunFact.Completed> made() {
        Map<String, RunFact.Completed> made = new TreeMap<>();
        told.forEach(fact -> {
            if (fact instanceof RunFact.Completed e
                    && offered().contains(e.unit().toString())) {
                made.put(e.unit().toString(), e);
            }
        });
        return made;
    }

    Map<String, String> artifacts() {
        Map<String, String> artifacts = new TreeMap<>();
        made().forEach((unit, fact) -> artifacts.put(unit, fact.artifact()));
        return artifacts;
    }

    /** The units of a slot that were made. */
    List<String> made(String slot) {
        return made().keySet().stream()
                .filter(unit -> unit.startsWith(slot + "/"))
                .toList();
    }

    List<String> offered() {
        List<String> offered = new ArrayList<>();
        told.forEach(fact -> {
            if (fact instanceof RunFact.Offered e) {
                offered.add(e.unit().toString());
            }
        });
        return offered;
    }

    List<String> reused() {
        List<String> reused = new ArrayList<>();
        told.forEach(fact -> {
            if (fact instanceof RunFact.Reused e) {
                reused.add(e.unit().toString());
            }
        });
        return reused;
    }

    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void offered(RunFact.Offered fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void failed(RunFact.Failed fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        told.add(fact);
    }

    @Override
    public void progressed(Progress shown, RunView run) {
        progress.accept(shown);
    }
}
