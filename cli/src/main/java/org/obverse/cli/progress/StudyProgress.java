package org.obverse.cli.progress;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.event.RunEvent;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.run.Runs;
import org.obverse.engine.run.Slot;
import org.obverse.engine.run.Unit;

/** Shows a study to its user: a line per finished unit, and the state of what is being worked on. Any thread may call. */
public final class StudyProgress implements Runs.Display, AutoCloseable {
    private final Screen screen;
    private final LongSupplier clock;
    private final long began;
    private final Map<String, Unit> units = new HashMap<>();
    private final Map<String, Long> starts = new HashMap<>();
    private final Map<Slot, Stretch> stretches = new EnumMap<>(Slot.class);
    private final Map<String, Items> items = new LinkedHashMap<>();
    private final Set<String> tasks = new HashSet<>();
    private String place = "";
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

    @Override
    public synchronized void cellStarted(Cell cell, int number, int cells, List<Unit> open) {
        units.clear();
        starts.clear();
        stretches.clear();
        for (Unit unit : open) {
            units.put(unit.id(), unit);
            stretches.computeIfAbsent(unit.slot(), Stretch::new).add(unit);
        }
        place = cells == 1 ? "" : (number + 1) + "/" + cells + " ";
        String work = open.isEmpty() ? "nothing left to do" : open.size() + " units to do";
        say((cells == 1 ? "" : "cell ") + place + cell.name() + ": " + work);
    }

    @Override
    public synchronized void told(RunEvent event) {
        long now = clock.getAsLong();
        if (event instanceof RunEvent.Requested e) {
            starts.put(e.unit(), now);
            stretch(e.unit()).begin(e.unit(), now);
        } else if (event instanceof RunEvent.Completed e) {
            stretch(e.unit()).finish(e.unit());
            long took = now - starts.getOrDefault(e.unit(), now);
            say("  %s done in %s".formatted(e.unit(), Figures.clock(took / 1e9)));
        } else if (event instanceof RunEvent.Reused e) {
            stretch(e.unit()).finish(e.unit());
            say("  %s reused, its inputs are the same".formatted(e.unit()));
        } else if (event instanceof RunEvent.Failed e) {
            say("  %s failed".formatted(e.unit()));
        }
    }

    @Override
    public synchronized void progress(Unit unit, long done, long total, Map<String, Double> figures) {
        stretch(unit.id()).progress(unit, done, total, figures);
        long now = clock.getAsLong();
        if (now - shown >= screen.interval()) {
            show(now);
        }
    }

    /** Each task is shown at once when it is heard of for the first time. */
    @Override
    public synchronized void worked(String task, long done, long total) {
        long now = clock.getAsLong();
        Items before = items.getOrDefault(task, new Items(task, now, 0, total));
        items.put(task, before.at(done));
        if (tasks.add(task) || now - shown >= screen.interval()) {
            show(now);
        }
        if (done == total) {
            items.remove(task);
        }
    }

    private void show(long now) {
        shown = now;
        Stream<String> running =
                stretches.values().stream().filter(Stretch::isRunning).map(stretch -> stretch.text(now));
        Stream<String> read = items.values().stream().map(item -> item.text(now));
        screen.state(stamp() + place + Stream.concat(running, read).collect(Collectors.joining(" | ")));
    }

    private void say(String text) {
        screen.line(stamp() + text);
    }

    private String stamp() {
        return String.format(Locale.ROOT, "%7s  ", Figures.clock((clock.getAsLong() - began) / 1e9));
    }

    private Stretch stretch(String unit) {
        Unit known = units.get(unit);
        if (known == null) {
            throw new IllegalArgumentException("unit " + unit + " was not announced");
        }
        return stretches.computeIfAbsent(known.slot(), Stretch::new);
    }

    /** Leaves the screen to others. */
    @Override
    public synchronized void close() {
        screen.clear();
    }
}
