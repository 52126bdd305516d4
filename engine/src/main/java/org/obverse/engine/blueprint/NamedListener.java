package org.obverse.engine.blueprint;

import org.obverse.api.event.Progress;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunListener;
import org.obverse.api.event.RunView;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * A plugin's listener, whose failure says whose it is, and what it was told.
 *
 * @param key where the plan names it
 */
record NamedListener(String key, PlannedComponent<RunListener> chosen, RunListener listener) implements RunListener {
    @Override
    public void planned(RunFact.Planned fact, RunView run) {
        tell("the run is planned", () -> listener.planned(fact, run));
    }

    @Override
    public void offered(RunFact.Offered fact, RunView run) {
        tell("unit " + fact.unit() + " is offered", () -> listener.offered(fact, run));
    }

    @Override
    public void completed(RunFact.Completed fact, RunView run) {
        tell("unit " + fact.unit() + " is completed", () -> listener.completed(fact, run));
    }

    @Override
    public void reused(RunFact.Reused fact, RunView run) {
        tell("unit " + fact.unit() + " is reused", () -> listener.reused(fact, run));
    }

    @Override
    public void lost(RunFact.Lost fact, RunView run) {
        tell("unit " + fact.unit() + " was lost", () -> listener.lost(fact, run));
    }

    @Override
    public void failed(RunFact.Failed fact, RunView run) {
        tell("unit " + fact.unit() + " failed", () -> listener.failed(fact, run));
    }

    @Override
    public void ended(RunFact.Ended fact, RunView run) {
        tell("the run ended", () -> listener.ended(fact, run));
    }

    @Override
    public void progressed(Progress progress, RunView run) {
        tell("something is under way", () -> listener.progressed(progress, run));
    }

    private void tell(String said, Runnable telling) {
        try {
            chosen.plugin().call(chosen.subject() + ", told that " + said + ",", () -> {
                telling.run();
                return said;
            });
        } catch (PluginFailedException e) {
            throw e.at(key);
        }
    }
}
