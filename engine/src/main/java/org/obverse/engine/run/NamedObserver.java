package org.obverse.engine.run;

import org.obverse.api.event.Observer;
import org.obverse.api.event.RunEvent;
import org.obverse.engine.plan.Chosen;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * An observer whose failure says whose it is, and what it was told.
 *
 * @param key where the plan names it
 */
record NamedObserver(String key, Chosen<Observer> chosen, Observer observer) implements Observer {
    @Override
    public void observe(RunEvent event) {
        try {
            chosen.plugin().call(chosen.subject() + ", told that " + said(event) + ",", () -> {
                observer.observe(event);
                return event;
            });
        } catch (PluginFailedException e) {
            throw e.at(key);
        }
    }

    private static String said(RunEvent event) {
        if (event instanceof RunEvent.Planned) {
            return "the run is planned";
        } else if (event instanceof RunEvent.Requested e) {
            return "unit " + e.unit() + " is requested";
        } else if (event instanceof RunEvent.Completed e) {
            return "unit " + e.unit() + " is completed";
        } else if (event instanceof RunEvent.Reused e) {
            return "unit " + e.unit() + " is reused";
        } else if (event instanceof RunEvent.Failed e) {
            return "unit " + e.unit() + " failed";
        }
        return "the run ended";
    }
}
