package org.obverse.api.event;

/**
 * Hears the facts of a run, on the run's thread, after they were journalled. It only listens; what it throws ends the
 * run as failed, unless the plan declares it best-effort.
 */
public interface Observer {
    void observe(RunEvent event);
}
