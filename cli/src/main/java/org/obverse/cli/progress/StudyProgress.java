package org.obverse.cli.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;

/** Shows a study to its user: a line per finished unit, and the state of what is being worked on. */
public final class StudyProgress implements RunListener, AutoCloseable {
    private final Screen screen;
    private final LongSupplier clock;
    private final long began;
    private final Map<UnitName, String> labels = new HashMap<>();
    private final Map<UnitName, Long> starts = new HashMap<>();
    private final UnitTimes times = new UnitTimes();
    private final Map<String, Stretch> stretches = new LinkedHashMap<>();
    private final Map<String, Items> items = new LinkedHashMap<>();
    private final Set<String> tasks = new HashSet<>();
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private int left;
    private int before;
    private long shown;

    public StudyProgress(Screen screen) {
        this(screen, System::nanoTime);
    }

    /**
     * @param clock in nanoseconds
     */
    StudyProgress(Screen screen, LongSupplier clock) {
        this.screen = screen;
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    /** What is being worked on, to be asked on any thread. */
    public List<String> working() {
        return working.stream().sorted().toList();
    }

    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        Map<UnitName, List<String>> cells = new HashMap<>();
        for (RunView.Cell cell : run.cells()) {
            cell.units()
                    .forEach(unit -> cells.computeIfAbsent(unit, key -> new ArrayList<>())
                            .add(cell.name()));
        }
        for (RunFact.PlannedUnit planned : fact.units()) {
            UnitName unit = planned.unit();
            stretches.computeIfAbsent(unit.slot(), Stretch::new).add(unit);
            labels.put(
                    unit,
                    label(
                            planned,
                            cells.getOrDefault(unit, List.of()),
                            run.cells().size()));
        }
        times.plan(fact.units());
        left = fact.units().size();
        say(
                run.cells().size() == 1
                        ? run.name() + ": " + left + " units"
                        : "%s: %d cells, %d units"
                                .formatted(run.name(), run.cells().size(), left));
    }

    /** What a unit is, and of which cells if not of all. */
    private static String label(RunFact.PlannedUnit planned, List<String> cells, int all) {
        String name = planned.unit().slot().startsWith("metric")
                ? planned.unit() + " " + planned.component()
                : planned.unit().toString();
        if (cells.size() == all) {
            return name;
        }
        return name + " of " + (cells.size() == 1 ? cells.get(0) : cells.size() + " cells");
    }

    @Override
    public void offered(RunFact.Offered fact, RunView run) {
        sayWhatWasFinished();
        long now = clock.getAsLong();
        starts.put(fact.unit(), now);
        times.begin(fact.unit(), now);
        working.add(label(fact.unit()));
        stretch(fact.unit()).begin(fact.unit(), now);
    }

    /** A unit that was not offered was finished in an earlier attempt. */
    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        settle(fact.unit());
        times.finish(fact.unit(), clock.getAsLong());
        Long start = starts.get(fact.unit());
        if (start == null) {
            before++;
        } else {
            say("  %s done in %s".formatted(label(fact.unit()), Figures.clock((clock.getAsLong() - start) / 1e9)));
        }
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        settle(fact.unit());
        times.retreat(fact.unit());
        times.finish(fact.unit(), clock.getAsLong());
        say("  %s reused, its inputs are the same".formatted(label(fact.unit())));
    }

    @Override
    public void lost(RunFact.Lost fact, RunView run) {
        working.remove(label(fact.unit()));
        stretch(fact.unit()).retreat(fact.unit());
        times.retreat(fact.unit());
        say("  %s lost: %s".formatted(label(fact.unit()), fact.reason()));
    }

    @Override
    public void failed(RunFact.Failed fact, RunView run) {
        settle(fact.unit());
        times.fail(fact.unit());
        say("  %s failed".formatted(label(fact.unit())));
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        sayWhatWasFinished();
    }

    private void settle(UnitName unit) {
        working.remove(label(unit));
        stretch(unit).settle(unit);
        left--;
    }

    private void sayWhatWasFinished() {
        if (before > 0) {
            say("  %d units were finished before, %s"
                    .formatted(before, left == 0 ? "nothing is left to do" : left + " are left"));
            before = 0;
        }
    }

    /** Each task is shown at once when it is heard of for the first time. */
    @Override
    public void progressed(Progress progress, RunView run) {
        long now = clock.getAsLong();
        boolean isNew = false;
        if (progress instanceof Progress.OfUnit ofUnit) {
            stretch(ofUnit.unit()).progress(ofUnit);
            times.progress(ofUnit);
        } else if (progress instanceof Progress.OfTask ofTask) {
            Items known = items.getOrDefault(ofTask.task(), new Items(ofTask.task(), now, 0, ofTask.total()));
            items.put(ofTask.task(), known.at(ofTask.done()));
            isNew = tasks.add(ofTask.task());
            working.add(ofTask.task());
        }
        if (isNew || now - shown >= screen.interval()) {
            show(now);
        }
        if (progress instanceof Progress.OfTask ofTask && ofTask.done() == ofTask.total()) {
            items.remove(ofTask.task());
            working.remove(ofTask.task());
        }
    }

    private void show(long now) {
        shown = now;
        Stream<String> running =
                stretches.values().stream().filter(Stretch::isRunning).map(stretch -> stretch.text(now));
        Stream<String> read = items.values().stream().map(item -> item.text(now));
        Stream<String> all = Stream.of(times.left(now).stream(), running, read).flatMap(parts -> parts);
        screen.state(stamp() + all.collect(Collectors.joining(" | ")));
    }

    private void say(String text) {
        screen.line(stamp() + text);
    }

    private String stamp() {
        return String.format(Locale.ROOT, "%7s  ", Figures.clock((clock.getAsLong() - began) / 1e9));
    }

    private String label(UnitName unit) {
        return labels.getOrDefault(unit, unit.toString());
    }

    private Stretch stretch(UnitName unit) {
        return stretches.computeIfAbsent(unit.slot(), Stretch::new);
    }

    /** Leaves the screen to others. */
    @Override
    public void close() {
        screen.clear();
    }
}
