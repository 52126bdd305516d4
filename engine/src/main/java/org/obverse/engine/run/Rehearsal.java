package org.obverse.engine.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.run.Runs.Setting;
import org.obverse.engine.torch.TorchRuntime;

/** Asks every part of every cell of a study whether all fits, and whether a run that is to go on finds all as it was. */
final class Rehearsal {
    private final Study study;
    private final Setting setting;
    private final FileHashes files;
    private final Supervision supervision;
    private final Registry registry;
    private final EngineCode engine;
    private final TorchRuntime torch;

    Rehearsal(
            Study study,
            Setting setting,
            FileHashes files,
            Supervision supervision,
            Registry registry,
            EngineCode engine,
            TorchRuntime torch) {
        this.study = study;
        this.setting = setting;
        this.files = files;
        this.supervision = supervision;
        this.registry = registry;
        this.engine = engine;
        this.torch = torch;
    }

    /** As {@link Runs#rehearse}. */
    List<Problem> missing() {
        List<Problem> missing = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Cell cell : study.cells()) {
            supervision.checkpoint();
            try (RunParts parts = RunParts.of(cell, registry, torch, setting.base(), supervision)) {
                parts.check();
                Path folder = Runs.folder(setting.runs(), study, cell);
                if (Runs.finished(folder).containsKey("data")) {
                    problems.addAll(parts.data().manifest().changesSince(folder));
                }
            } catch (InvalidConfigurationException e) {
                List<Problem> found = e.isMissing() ? missing : problems;
                e.problems().stream()
                        .filter(problem -> !found.contains(problem))
                        .forEach(found::add);
            }
            problems.addAll(changes(cell));
        }
        if (!problems.isEmpty()) {
            problems.addAll(missing);
            throw new InvalidConfigurationException(problems);
        }
        return missing;
    }

    /** What a run that is to go on finds changed. */
    private List<Problem> changes(Cell cell) {
        Path folder = Runs.folder(setting.runs(), study, cell);
        Path written = folder.resolve("plan.yaml");
        if (!Files.exists(written)) {
            return List.of();
        }
        if (!Manifest.text(written).equals(PlanWriter.yaml(cell.plan()))) {
            return List.of(new Problem(
                    folder.toString(), "this run exists and has another plan", "give the new one a name with --name"));
        }
        Manifest before = Manifest.read(folder);
        Manifest now = Participants.of(cell.plan(), files, registry)
                .manifest(torch.facts().version(), engine);
        List<Problem> problems = new ArrayList<>();
        before.changes(now, setting.acceptChanged())
                .forEach(id -> problems.add(new Problem(
                        folder.toString(),
                        "the code of '" + id + "' changed since this run began",
                        "keep its finished units with 'obverse resume " + study.name() + " --accept-changed " + id
                                + "', or start anew with --name")));
        before.changedFiles(now)
                .forEach(location -> problems.add(new Problem(
                        folder.toString(),
                        "the file " + location + " is another one than when this run began",
                        "put the old one back (SHA-256 " + before.files().get(location)
                                + "), or start anew with --name")));
        return problems;
    }
}
