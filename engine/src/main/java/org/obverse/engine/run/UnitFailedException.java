package org.obverse.engine.run;

import java.util.List;
import java.util.Optional;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;

/** A component threw while it worked on a unit; the message says which jar, component and unit. */
public final class UnitFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String unit;
    private final List<String> sources;

    /**
     * @param sources the jars or folders of the plugins that took part in the unit
     * @param culprit the plugin in whose code it was thrown; empty if nobody knows
     */
    UnitFailedException(Unit unit, List<String> sources, Optional<LoadedPlugin> culprit, Throwable cause) {
        super(
                "unit %s: component '%s' of %s threw %s%s"
                        .formatted(
                                unit.id(),
                                unit.component(),
                                String.join(", ", sources),
                                PluginFailedException.words(cause),
                                culprit.filter(plugin -> !unit.plugins().equals(List.of(plugin.id())))
                                        .map(plugin ->
                                                ", in code of plugin '" + plugin.id() + "' of " + plugin.source())
                                        .orElse("")),
                cause);
        this.unit = unit.id();
        this.sources =
                culprit.map(plugin -> List.of(plugin.source().toString())).orElse(List.copyOf(sources));
    }

    /** The unit's id. */
    public String unit() {
        return unit;
    }

    /** The jar or folder of the plugin that threw; all that took part, if nobody knows which. */
    public List<String> sources() {
        return List.copyOf(sources);
    }
}
