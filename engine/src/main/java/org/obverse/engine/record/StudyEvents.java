package org.obverse.engine.record;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.membership.ScoreUnit;
import org.obverse.engine.record.Progress.State;
import org.obverse.engine.record.Score.Subject;

/** The journal of a study, folded. */
final class StudyEvents {
    private final Map<String, PlannedUnit> planned = new LinkedHashMap<>();
    private final Map<String, Made> made = new HashMap<>();
    private final Map<String, String> failed = new HashMap<>();
    private Progress study = new Progress(State.NOT_BEGUN, "");

    /**
     * A finished unit.
     *
     * @param unit its printed name
     * @param reads the slots of the units whose products it read
     */
    record Made(
            String unit,
            String slot,
            String component,
            Set<String> reads,
            String digest,
            String artifact,
            Summary summary) {
        /** Whom a metric judges: the attack, if it read what a stage found or a membership attack said. */
        Subject subject() {
            return reads.contains(ScoreUnit.SLOT)
                            || Arrays.stream(Stage.values()).map(Stage::label).anyMatch(reads::contains)
                    ? Subject.ATTACK
                    : Subject.TARGET;
        }
    }

    /**
     * @throws InvalidConfigurationException if the journal is damaged
     */
    static StudyEvents read(Path journal) {
        Journal.Reading read = Journal.read(journal);
        if (read.isDamaged()) {
            throw new InvalidConfigurationException(new Problem(
                    journal.toString(),
                    "is damaged (" + read.damage() + ")",
                    "resume the run: it proves from the artifacts what is finished, and writes a new journal"));
        }
        StudyEvents events = new StudyEvents();
        read.facts().forEach(events::fold);
        return events;
    }

    private void fold(RunFact fact) {
        if (fact instanceof RunFact.Planned e) {
            planned.clear();
            e.units().forEach(unit -> planned.put(unit.unit().toString(), unit));
            failed.clear();
            study = new Progress(State.UNFINISHED, "");
        } else if (fact instanceof RunFact.Completed e) {
            finish(e.unit(), e.digest(), e.artifact(), e.summary());
        } else if (fact instanceof RunFact.Reused e) {
            finish(e.unit(), e.digest(), e.artifact(), e.summary());
        } else if (fact instanceof RunFact.Failed e) {
            failed.put(e.unit().toString(), e.reason());
        } else if (fact instanceof RunFact.Ended e) {
            study = switch (e.outcome()) {
                case DONE -> new Progress(State.DONE, "");
                case FAILED -> new Progress(State.FAILED, e.reason());
                case INTERRUPTED -> new Progress(State.INTERRUPTED, e.reason());
            };
        }
    }

    private void finish(UnitName unit, String digest, String artifact, Summary summary) {
        String name = unit.toString();
        PlannedUnit known = planned.getOrDefault(name, new PlannedUnit(unit, "", List.of()));
        Set<String> reads = known.inputs().stream().map(UnitName::slot).collect(Collectors.toSet());
        made.put(name, new Made(name, unit.slot(), known.component(), reads, digest, artifact, summary));
    }

    Optional<Made> made(String unit) {
        return Optional.ofNullable(made.get(unit));
    }

    /** What fills the slot of a unit, finished or not; empty if none of that name was planned. */
    String component(String unit) {
        PlannedUnit known = planned.get(unit);
        return made(unit).map(Made::component).orElse(known == null ? "" : known.component());
    }

    /** How many units the last attempt planned. */
    int planned() {
        return planned.size();
    }

    /** What is finished of the units that the last attempt planned, in their order. */
    List<Made> finished() {
        return planned.keySet().stream()
                .map(this::made)
                .flatMap(Optional::stream)
                .toList();
    }

    /** How far a cell came, of which these are the units: one that is whole is done, whatever became of the others. */
    Progress progress(Collection<String> units) {
        if (units.isEmpty()) {
            return study;
        }
        if (made.keySet().containsAll(units)) {
            return new Progress(State.DONE, "");
        }
        return units.stream()
                .filter(failed::containsKey)
                .findFirst()
                .map(unit -> new Progress(State.FAILED, unit + ": " + failed.get(unit)))
                .orElse(study);
    }
}
