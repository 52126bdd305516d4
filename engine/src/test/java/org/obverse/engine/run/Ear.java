package org.obverse.engine.run;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.obverse.api.event.RunEvent;
import org.obverse.engine.plan.Cell;

/** Hears what a test wants to know of a run. */
record Ear(Consumer<RunEvent> events, ItemListener items) implements Runs.Display {
    static Ear ofEvents(Consumer<RunEvent> events) {
        return new Ear(events, (task, done, total) -> {});
    }

    static Ear ofItems(ItemListener items) {
        return new Ear(event -> {}, items);
    }

    @Override
    public void cellStarted(Cell cell, int number, int cells, List<Unit> units) {}

    @Override
    public void told(RunEvent event) {
        events.accept(event);
    }

    @Override
    public void worked(String task, long done, long total) {
        items.worked(task, done, total);
    }

    @Override
    public void progress(Unit unit, long done, long total, Map<String, Double> figures) {}
}
