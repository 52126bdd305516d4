package org.obverse.engine.study;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.product.EpochFileException;
import org.obverse.engine.product.SearchDivergedException;

/**
 * Tells a component's failure, with the jars that took part in its unit, from the engine's own.
 *
 * @param shared what everything is computed with
 * @param cancelled ends the run once true
 */
record Blame(Registry registry, NDManager shared, AtomicBoolean cancelled) {
    /** All units share an engine, which none of them may close. */
    void requireOpen() {
        if (!shared.isOpen()) {
            throw new IllegalStateException("what all units compute with is closed");
        }
    }

    Throwable of(Unit<?> unit, Throwable failure) {
        if (failure instanceof CancelledException
                || failure instanceof EpochFileException
                || failure instanceof SearchDivergedException
                || failure instanceof UnitFailedException) {
            return failure;
        }
        return shared.isOpen() ? blamed(unit, failure) : closed(unit, failure);
    }

    /** What fails after that is no fault of its own, so that nothing more is begun. */
    private Throwable closed(Unit<?> unit, Throwable failure) {
        cancelled.set(true);
        IllegalStateException closed = new IllegalStateException(
                "the engine was closed while this unit was at work, by its component or by one beside it; a component closes only"
                        + " managers that it made",
                failure);
        closed.setStackTrace(failure.getStackTrace());
        return blamed(unit, closed);
    }

    private Throwable blamed(Unit<?> unit, Throwable failure) {
        List<LoadedPlugin> plugins = registry.plugins().stream()
                .filter(plugin -> unit.ingredients().code().containsKey(plugin.id()))
                .toList();
        return new UnitFailedException(unit, plugins, registry.culprit(failure), failure);
    }
}
