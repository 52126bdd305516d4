package org.obverse.engine.study;

import org.obverse.api.event.RunListener;
import org.obverse.engine.drive.Bus;
import org.obverse.engine.drive.LiveRun;

/**
 * Who hears of a run, beside the listeners of its plan.
 *
 * @param report is told first, on the run's thread: when the plan's listeners hear the end, they find what it wrote
 * @param display shows the run to its user; what it throws is only logged, and the run does not wait for it
 */
public record Audience(RunListener report, RunListener display) {
    /** Only a display. */
    public Audience(RunListener display) {
        this(new RunListener() {}, display);
    }

    Bus bus(LiveRun run) {
        Bus bus = new Bus(run);
        bus.register("report", report);
        bus.registerBestEffort("display", display);
        return bus;
    }
}
