package org.obverse.engine.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;

/** A component threw while it worked on a unit; the message says which jar, component and unit. */
public final class UnitFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String unit;
    private final List<String> sources;

    /**
     * @param plugins those that took part in the unit
     * @param culprit the plugin in whose code it was thrown; empty if nobody knows
     */
    UnitFailedException(Unit<?> unit, List<LoadedPlugin> plugins, Optional<LoadedPlugin> culprit, Throwable cause) {
        super(
                "unit %s: component '%s' of %s threw %s%s"
                        .formatted(
                                unit.name(),
                                unit.component(),
                                plugins.stream()
                                        .map(plugin -> plugin.source().toString())
                                        .collect(Collectors.joining(", ")),
                                PluginFailedException.words(cause),
                                culprit.filter(plugin -> !plugins.equals(List.of(plugin)))
                                        .map(plugin ->
                                                ", in code of plugin '" + plugin.id() + "' of " + plugin.source())
                                        .orElse("")),
                cause);
        this.unit = unit.name().toString();
        this.sources = culprit.map(plugin -> List.of(plugin.source().toString()))
                .orElse(plugins.stream()
                        .map(plugin -> plugin.source().toString())
                        .toList());
    }

    /** As a worker in another process told it. */
    UnitFailedException(UnitName unit, String message, List<String> sources, Throwable cause) {
        super(message, cause);
        this.unit = unit.toString();
        this.sources = List.copyOf(sources);
    }

    /** The unit's name, as messages print it. */
    public String unit() {
        return unit;
    }

    /** The jar or folder of the plugin that threw; all that took part, if nobody knows which. */
    public List<String> sources() {
        return List.copyOf(sources);
    }
}
