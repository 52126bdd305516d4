package org.obverse.cli.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact.PlannedUnit;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.cli.progress.TimeLeft;
import org.obverse.engine.record.CurveBand;

/** What was heard of one unit. */
final class WatchedUnit {
    /** In the order in which a page counts them. */
    enum State {
        WORKING("working"),
        WAITING("waiting"),
        DONE("done"),
        REUSED("reused"),
        FAILED("failed"),
        /** An input failed. */
        UNREACHABLE("cannot be reached");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        boolean isSettled() {
            return this != WORKING && this != WAITING;
        }
    }

    private final PlannedUnit planned;
    private final int place;
    private final List<String> cells = new ArrayList<>();
    private final Map<String, Trace> curves = new LinkedHashMap<>();
    private State state = State.WAITING;
    private Map<String, Double> figures = Map.of();
    private String reason = "";
    private String over = "";
    private Optional<Long> began = Optional.empty();
    private double seconds = -1;
    private long done;
    private long total;

    /**
     * @param place in the graph's order, from 1
     */
    WatchedUnit(PlannedUnit planned, int place) {
        this.planned = planned;
        this.place = place;
    }

    UnitName name() {
        return planned.unit();
    }

    List<UnitName> inputs() {
        return planned.inputs();
    }

    State state() {
        return state;
    }

    List<String> cells() {
        return cells;
    }

    void begin(long now) {
        become(State.WORKING);
        began = Optional.of(now);
        seconds = -1;
        done = 0;
        total = 0;
        curves.clear();
    }

    void progress(Progress.OfUnit progress) {
        done = progress.done();
        total = progress.total();
        figures = progress.figures();
        over = "progress";
        progress.figures().forEach((name, value) -> curve(name).add((double) progress.done(), value));
    }

    private Trace curve(String name) {
        return curves.computeIfAbsent(name, key -> new Trace());
    }

    /** Will never be offered. */
    void lose(State last, String why) {
        become(last);
        reason = why;
    }

    /** Is as if it had not been offered. */
    void retreat(String why) {
        lose(State.WAITING, why);
        began = Optional.empty();
    }

    void finish(State how, Summary summary, List<CurveBand> bands, long now) {
        began.filter(start -> state == State.WORKING).ifPresent(start -> seconds = (now - start) / 1e9);
        become(how);
        figures = summary.figures();
        if (!summary.epochs().isEmpty()) {
            curves.clear();
            over = "epoch";
            for (int i = 0; i < summary.epochs().size(); i++) {
                int epoch = i + 1;
                summary.epochs().get(i).forEach((name, value) -> curve(name).add(epoch, value));
            }
        } else if (!bands.isEmpty()) {
            curves.clear();
            over = "step";
            bands.forEach(band ->
                    band.points().forEach(point -> curve(band.name()).add(point.step(), point.mean())));
        }
    }

    private void become(State next) {
        state = next;
        reason = "";
    }

    /** Since it was offered, or how long it took; negative if nobody has seen that. */
    double seconds(long now) {
        return state == State.WORKING ? began.map(start -> (now - start) / 1e9).orElse(-1.0) : seconds;
    }

    /** How far it is. */
    TimeLeft.Timed timed(long now) {
        double share = total > 0 ? Math.min(1, (double) done / total) : 0;
        return new TimeLeft.Timed(name().slot() + " " + planned.component(), standing(), seconds(now), share);
    }

    private TimeLeft.Standing standing() {
        return switch (state) {
            case WORKING -> TimeLeft.Standing.WORKING;
            case WAITING -> TimeLeft.Standing.OPEN;
            case DONE, REUSED, FAILED, UNREACHABLE -> TimeLeft.Standing.SETTLED;
        };
    }

    Snapshot.Unit shown(long now) {
        return new Snapshot.Unit(
                place,
                name().toString(),
                planned.component(),
                cells,
                state.word(),
                done,
                total,
                seconds(now),
                figures,
                reason);
    }

    List<Snapshot.Curve> curves() {
        return curves.entrySet().stream()
                .map(curve -> new Snapshot.Curve(
                        name().toString(),
                        cells,
                        curve.getKey(),
                        over,
                        curve.getValue().points()))
                .toList();
    }

    void forgetCurves() {
        curves.clear();
    }

    /** A picture of its product. */
    Snapshot.Picture picture(String file, int width, int height) {
        return new Snapshot.Picture(name().toString(), cells, planned.component(), file, width, height);
    }
}
