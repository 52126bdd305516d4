package org.obverse.engine.study;

import java.util.List;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.product.EpochFileException;
import org.obverse.engine.product.SearchDivergedException;

/** Tells a component's failure, with the jars that took part in its unit, from the engine's own. */
record Blame(Registry registry) {
    Throwable of(Unit<?> unit, Throwable failure) {
        if (failure instanceof CancelledException
                || failure instanceof EpochFileException
                || failure instanceof SearchDivergedException
                || failure instanceof UnitFailedException) {
            return failure;
        }
        List<LoadedPlugin> plugins = registry.plugins().stream()
                .filter(plugin -> unit.ingredients().code().containsKey(plugin.id()))
                .toList();
        return new UnitFailedException(unit, plugins, registry.culprit(failure), failure);
    }
}
