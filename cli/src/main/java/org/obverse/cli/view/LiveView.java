package org.obverse.cli.view;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.progress.TimeLeft;
import org.obverse.cli.view.WatchedUnit.State;
import org.obverse.engine.record.CurveBand;
import org.obverse.engine.record.ShownProduct;

/** Folds what is heard of a run into what a page shows of it. May be asked on any thread. */
public final class LiveView implements RunListener {
    private static final int MOST_ROWS = 1000;
    private static final int MOST_CURVED = 12;

    private final LongSupplier clock;
    private final Map<UnitName, WatchedUnit> units = new LinkedHashMap<>();
    private final Map<String, Progress.OfTask> tasks = new LinkedHashMap<>();
    private final Deque<WatchedUnit> latest = new ArrayDeque<>();
    private final Pictures pictures = new Pictures();
    private List<RunView.Cell> cells = List.of();
    private Optional<Long> begun = Optional.empty();
    private String name;
    private String outcome = "";
    private String reason = "";
    private long heard;

    /**
     * @param name of the run, until it is planned
     */
    public LiveView(String name) {
        this(name, System::nanoTime);
    }

    /**
     * @param clock in nanoseconds
     */
    LiveView(String name, LongSupplier clock) {
        this.name = name;
        this.clock = clock;
        this.heard = clock.getAsLong();
    }

    @Override
    public synchronized void planned(RunFact.Planned fact, RunView run) {
        hear();
        name = run.name();
        cells = run.cells();
        outcome = "";
        reason = "";
        begun = Optional.empty();
        units.clear();
        latest.clear();
        fact.units().forEach(unit -> units.put(unit.unit(), new WatchedUnit(unit, units.size() + 1)));
        cells.forEach(cell -> cell.units()
                .forEach(unit -> unit(unit).ifPresent(known -> known.cells().add(cell.name()))));
    }

    @Override
    public synchronized void offered(RunFact.Offered fact, RunView run) {
        long now = hear();
        begun = begun.or(() -> Optional.of(now));
        unit(fact.unit()).ifPresent(unit -> unit.begin(now));
    }

    @Override
    public synchronized void lost(RunFact.Lost fact, RunView run) {
        hear();
        unit(fact.unit()).ifPresent(unit -> unit.retreat(fact.reason()));
    }

    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        finish(fact.unit(), State.DONE, fact.summary(), run);
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        finish(fact.unit(), State.REUSED, fact.summary(), run);
    }

    /** Files are read before anybody has to wait. */
    private void finish(UnitName name, State how, Summary summary, RunView run) {
        Optional<ShownProduct> product = run.product(name).flatMap(made -> shown(name, made.file()));
        List<CurveBand> curves = product.map(ShownProduct::curves).orElse(List.of());
        Optional<Pictures.Strip> strip =
                product.filter(made -> !made.pictures().isEmpty()).map(made -> Pictures.Strip.of(made.pictures()));
        synchronized (this) {
            long now = hear();
            unit(name).ifPresent(unit -> {
                unit.finish(how, summary, curves, now);
                keepCurves(unit);
                strip.ifPresent(found -> pictures.add(unit, found));
            });
        }
    }

    /** Those of older units are forgotten, so that a long run takes no more memory than a short one. */
    private void keepCurves(WatchedUnit unit) {
        latest.remove(unit);
        if (!unit.curves().isEmpty()) {
            latest.addFirst(unit);
        }
        if (latest.size() > MOST_CURVED) {
            latest.removeLast().forgetCurves();
        }
    }

    /** What is gone from the disk cannot be shown, and that is all. */
    private static Optional<ShownProduct> shown(UnitName unit, Path file) {
        try {
            return Optional.of(ShownProduct.of(unit.slot(), file, Pictures.Strip.MOST, Pictures.Strip.SIDE));
        } catch (InvalidConfigurationException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void failed(RunFact.Failed fact, RunView run) {
        hear();
        unit(fact.unit()).ifPresent(unit -> unit.lose(State.FAILED, fact.reason()));
        for (WatchedUnit unit : units.values()) {
            if (!unit.state().isSettled()) {
                unit.inputs().stream()
                        .filter(input -> unit(input)
                                .filter(known -> known.state() == State.FAILED || known.state() == State.UNREACHABLE)
                                .isPresent())
                        .findFirst()
                        .ifPresent(input -> unit.lose(State.UNREACHABLE, input + " has no product"));
            }
        }
    }

    @Override
    public synchronized void ended(RunFact.Ended fact, RunView run) {
        hear();
        outcome = fact.outcome().name().toLowerCase(Locale.ROOT);
        reason = fact.reason();
        tasks.clear();
        units.values().stream()
                .filter(unit -> unit.state() == State.WORKING)
                .forEach(unit -> unit.retreat("the run ended"));
    }

    @Override
    public synchronized void progressed(Progress progress, RunView run) {
        hear();
        if (progress instanceof Progress.OfUnit ofUnit) {
            unit(ofUnit.unit()).filter(unit -> unit.state() == State.WORKING).ifPresent(unit -> unit.progress(ofUnit));
        } else if (progress instanceof Progress.OfTask ofTask) {
            tasks.put(ofTask.task(), ofTask);
            if (ofTask.done() >= ofTask.total()) {
                tasks.remove(ofTask.task());
            }
        }
    }

    private long hear() {
        heard = clock.getAsLong();
        return heard;
    }

    private Optional<WatchedUnit> unit(UnitName unit) {
        return Optional.ofNullable(units.get(unit));
    }

    /** The bytes of a picture that the latest snapshots name. */
    synchronized Optional<byte[]> picture(String file) {
        return pictures.file(file);
    }

    synchronized Snapshot snapshot() {
        long now = clock.getAsLong();
        TimeLeft left = TimeLeft.of(
                units.values().stream().map(unit -> unit.timed(now)).toList(),
                begun.map(start -> (now - start) / 1e9).orElse(0.0));
        List<Snapshot.Unit> rows = units.values().stream()
                .sorted(Comparator.comparing(LiveView::isLessUrgent))
                .limit(MOST_ROWS)
                .map(unit -> unit.shown(now))
                .sorted(Comparator.comparingInt(Snapshot.Unit::place))
                .toList();
        List<Snapshot.Cell> plans =
                cells.stream().limit(MOST_ROWS).map(this::shown).toList();
        Stream<WatchedUnit> working = units.values().stream().filter(unit -> unit.state() == State.WORKING);
        return new Snapshot(
                name,
                outcome,
                reason,
                (now - heard) / 1e9,
                counts(units.values()),
                left.seconds(),
                left.untimed(),
                tasks.values().stream()
                        .map(task -> new Snapshot.Task(task.task(), task.done(), task.total()))
                        .toList(),
                plans,
                rows,
                new Snapshot.Omitted(cells.size() - plans.size(), units.size() - rows.size()),
                Stream.concat(working, latest.stream())
                        .distinct()
                        .map(WatchedUnit::curves)
                        .filter(curves -> !curves.isEmpty())
                        .limit(MOST_CURVED)
                        .flatMap(List::stream)
                        .toList(),
                pictures.shown());
    }

    private static boolean isLessUrgent(WatchedUnit unit) {
        return unit.state() != State.WORKING && unit.state() != State.FAILED;
    }

    private Snapshot.Cell shown(RunView.Cell cell) {
        Map<UnitName, WatchedUnit> own = new HashMap<>();
        cell.units().forEach(unit -> unit(unit).ifPresent(known -> own.put(unit, known)));
        return new Snapshot.Cell(cell.name(), cell.coordinates(), counts(own.values()));
    }

    /** Of every state, in the states' order. */
    private static Map<String, Integer> counts(Collection<WatchedUnit> units) {
        Map<State, Integer> counted = new EnumMap<>(State.class);
        units.forEach(unit -> counted.merge(unit.state(), 1, Integer::sum));
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (State state : State.values()) {
            counts.put(state.word(), counted.getOrDefault(state, 0));
        }
        return counts;
    }

    /** Whether a page has nothing more to come. */
    synchronized boolean isOver() {
        return !outcome.isEmpty();
    }
}
