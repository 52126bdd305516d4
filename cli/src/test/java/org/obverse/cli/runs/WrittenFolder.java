package org.obverse.cli.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.study.StudyFolder;

/** The folder of a run, written without running anything. */
final class WrittenFolder {
    private final StudyFolder folder;
    private final ArtifactStore store;
    private final List<PlannedUnit> planned = new ArrayList<>();
    private final List<RunFact> facts = new ArrayList<>();

    WrittenFolder(Path runs, String name) throws IOException {
        this.folder = StudyFolder.of(runs, name);
        this.store = new ArtifactStore(runs.resolve("objects"));
        Files.createDirectories(folder.path().resolve("cells"));
    }

    StudyFolder folder() {
        return folder;
    }

    WrittenFolder plan(String yaml) throws IOException {
        String indented = yaml.lines().map(line -> "  " + line + "\n").reduce("", String::concat);
        Files.writeString(folder.path().resolve("study.yaml"), "files-relative-to: /\nplan:\n" + indented);
        return this;
    }

    WrittenFolder cells(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.cell(name), "plan: {}\nunits: {}\n");
        }
        return this;
    }

    /** A finished unit, whose artifact holds these bytes. */
    WrittenFolder made(String slot, String component, String bytes, Map<String, Double> figures) {
        UnitName unit = unit(slot, component);
        String artifact = store.save("draft", Content.of(bytes.getBytes(StandardCharsets.UTF_8)))
                .sha256();
        facts.add(new RunFact.Offered(unit));
        facts.add(new RunFact.Completed(
                unit,
                Sha256.of(unit.toString()),
                artifact,
                new Summary(new LinkedHashMap<>(figures), Map.of(), List.of())));
        return this;
    }

    /** A unit that is not finished. */
    WrittenFolder open(String slot) {
        unit(slot, "component");
        return this;
    }

    private UnitName unit(String slot, String component) {
        int number = (int)
                planned.stream().filter(unit -> unit.unit().slot().equals(slot)).count();
        UnitName unit = new UnitName(slot, number, List.of());
        planned.add(new PlannedUnit(unit, component, List.of()));
        return unit;
    }

    /** Without a last word, as a run that was killed leaves it. */
    WrittenFolder cut() {
        try (Journal journal = Journal.open(folder.events())) {
            journal.append(new RunFact.Planned(planned));
            facts.forEach(journal::append);
        }
        return this;
    }

    WrittenFolder ended(Outcome outcome, String reason) {
        facts.add(new RunFact.Ended(outcome, reason));
        return cut();
    }

    /** As if it had been changed at this time. */
    void changed(String instant) throws IOException {
        Files.setLastModifiedTime(folder.events(), FileTime.from(Instant.parse(instant)));
    }
}
