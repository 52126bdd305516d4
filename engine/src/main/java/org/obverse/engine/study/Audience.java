package org.obverse.engine.study;

import java.util.List;
import org.obverse.api.event.RunListener;
import org.obverse.engine.drive.Bus;
import org.obverse.engine.drive.LiveRun;

/**
 * Who hears of a run, beside the listeners of its plan.
 *
 * @param report is told first, on the run's thread: when the plan's listeners hear the end, they find what it wrote
 * @param displays show the run to its user; what they throw is only logged, and the run does not wait for them
 */
public record Audience(RunListener report, List<RunListener> displays) {
    public Audience {
        displays = List.copyOf(displays);
    }

    /** Only a display. */
    public Audience(RunListener display) {
        this(new RunListener() {}, List.of(display));
    }

    Bus bus(LiveRun run) {
        Bus bus = new Bus(run);
        bus.register("report", report);
        displays.forEach(display -> bus.registerBestEffort("display", display));
        return bus;
    }
}
