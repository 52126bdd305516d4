package org.obverse.cli.progress;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.UnitName;
import org.obverse.cli.progress.TimeLeft.Standing;
import org.obverse.cli.progress.TimeLeft.Timed;

/** How long the units of a study took, and what follows for those that are left. */
final class UnitTimes {
    /** In which what was seen says little. */
    private static final double SOON = 2;

    private final Map<UnitName, Clocked> units = new LinkedHashMap<>();
    private Optional<Long> began = Optional.empty();

    /**
     * A unit, and when.
     *
     * @param seconds that it took; negative if that was not seen
     */
    private record Clocked(PlannedUnit planned, Standing standing, long began, double seconds, double share) {
        Timed at(long now) {
            double spent = standing == Standing.WORKING ? (now - began) / 1e9 : seconds;
            return new Timed(planned.unit().slot() + " " + planned.component(), standing, spent, share);
        }
    }

    /** Units that are to be done, each behind its inputs. */
    void plan(List<PlannedUnit> planned) {
        planned.forEach(unit -> units.put(unit.unit(), new Clocked(unit, Standing.OPEN, 0, -1, 0)));
    }

    void begin(UnitName unit, long now) {
        began = Optional.of(began.orElse(now));
        units.computeIfPresent(unit, (name, old) -> new Clocked(old.planned(), Standing.WORKING, now, -1, 0));
    }

    void progress(Progress.OfUnit progress) {
        double share = progress.total() > 0 ? Math.min(1, (double) progress.done() / progress.total()) : 0;
        units.computeIfPresent(
                progress.unit(),
                (name, old) -> new Clocked(old.planned(), old.standing(), old.began(), old.seconds(), share));
    }

    /** What is done of it is lost. */
    void retreat(UnitName unit) {
        units.computeIfPresent(unit, (name, old) -> new Clocked(old.planned(), Standing.OPEN, 0, -1, 0));
    }

    void finish(UnitName unit, long now) {
        units.computeIfPresent(
                unit,
                (name, old) -> new Clocked(
                        old.planned(), Standing.SETTLED, 0, old.at(now).seconds(), 1));
    }

    /** Neither it nor what needs its product is done any more; how long it took says nothing. */
    void fail(UnitName unit) {
        Set<UnitName> lost = new HashSet<>(Set.of(unit));
        units.replaceAll((name, old) -> {
            boolean needs = old.standing() != Standing.SETTLED
                    && old.planned().inputs().stream().anyMatch(lost::contains);
            if (!needs && !name.equals(unit)) {
                return old;
            }
            lost.add(name);
            return new Clocked(old.planned(), Standing.SETTLED, 0, -1, 0);
        });
    }

    /**
     * Such as {@code about 4:10 left of the study}, or {@code more than} that where units are left of a kind that was not timed; nothing
     * as long as it would be a guess, or if one unit is left, which says so itself.
     */
    List<String> left(long now) {
        double elapsed = began.map(start -> (now - start) / 1e9).orElse(0.0);
        List<Timed> timed = units.values().stream().map(unit -> unit.at(now)).toList();
        long open = timed.stream()
                .filter(unit -> unit.standing() != Standing.SETTLED)
                .count();
        TimeLeft left = TimeLeft.of(timed, elapsed);
        if (open < 2 || elapsed <= SOON || left.seconds() < 0) {
            return List.of();
        }
        return List.of(
                (left.untimed() > 0 ? "more than " : "about ") + Figures.clock(left.seconds()) + " left of the study");
    }
}
