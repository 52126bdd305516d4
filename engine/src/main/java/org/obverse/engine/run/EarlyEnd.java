package org.obverse.engine.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.Registry;

/** Writes down that a run failed before its first unit, so that it can be gone on with once the cause is mended. */
record EarlyEnd(FileHashes files, Registry registry, EngineCode engine, String libtorch) {
    /**
     * Begins the run if it has not begun; what it has finished stays.
     *
     * @throws InvalidConfigurationException if it cannot be begun, as files that its plan names are missing
     */
    void write(Path folder, Plan plan, Throwable failure) {
        String yaml = PlanWriter.yaml(plan);
        Path events = folder.resolve("events.jsonl");
        if (!Files.exists(folder.resolve("plan.yaml"))) {
            Manifest now = Participants.of(plan, files, registry).manifest(libtorch, engine);
            Manifest.write(folder, yaml, now, Set.of());
        }
        List<String> units = Journal.read(events).stream()
                .filter(RunEvent.Planned.class::isInstance)
                .map(event -> ((RunEvent.Planned) event).units())
                .reduce(List.of(), (earlier, later) -> later);
        try (Journal journal = Journal.open(events)) {
            journal.append(new RunEvent.Planned(Sha256.of(yaml), units));
            journal.append(new RunEvent.Ended(Outcome.FAILED, String.valueOf(failure.getMessage())));
        }
    }
}
