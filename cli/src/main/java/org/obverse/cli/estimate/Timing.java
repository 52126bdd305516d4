package org.obverse.cli.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.event.UnitName;
import org.obverse.cli.bench.ResidentMemory;
import org.obverse.engine.trial.Ended;
import org.obverse.engine.trial.Trial;

/**
 * Times units.
 *
 * @param workers as many of a unit are timed at once, so that what they take from each other is in the figure
 */
record Timing(Trial trial, int workers) {
    /** Seconds of the first time, which warms up and of which the product is kept. */
    private static final double WARMING = 3;

    private static final double MEASURING = 5;

    /** Takes some seconds. */
    Cost of(UnitName unit) {
        for (UnitName input : trial.inputs(unit)) {
            if (!supply(input)) {
                return new Cost.Unknown("it reads " + input + ", of which no product is to be had in so short a time");
            }
        }
        if (trial.isShortenedByOthers(unit)) {
            return new Cost.Unknown("it asks as many questions as the attack, which is not tried to its end here");
        }
        Pace warming = new Pace(Stopwatch::ofThread, WARMING);
        if (trial.perform(unit, List.of(warming)).get(0) instanceof Ended.Failed failed) {
            return new Cost.Unknown(failed.reason());
        }
        if (!trial.has(unit)) {
            trial.provide(unit);
        }
        ResidentMemory.resetPeak();
        List<Pace> paces = IntStream.range(0, workers)
                .mapToObj(i -> warming.again(MEASURING))
                .toList();
        for (Ended ended : trial.perform(unit, paces)) {
            if (ended instanceof Ended.Failed failed) {
                return new Cost.Unknown("%s, with %d at once".formatted(failed.reason(), workers));
            }
        }
        List<Spent> lengths =
                paces.stream().map(Pace::length).flatMap(Optional::stream).toList();
        if (lengths.size() < workers) {
            return new Cost.Unknown("it does not say how far it is, or not within a minute");
        }
        Spent each = Spent.mean(lengths);
        return new Cost.Known(each, warming.beyond(each), peak(), trial.bytes(unit));
    }

    private long peak() {
        try {
            return ResidentMemory.peak().orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read how much memory this process has", e);
        }
    }

    /** Whether a unit has any product for those who read it. */
    private boolean supply(UnitName unit) {
        if (trial.has(unit)) {
            return true;
        }
        if (!trial.inputs(unit).stream().allMatch(this::supply)) {
            return false;
        }
        if (!trial.provide(unit)) {
            trial.perform(unit, List.of(new Pace(Stopwatch::ofThread, WARMING)));
        }
        return trial.has(unit);
    }
}
