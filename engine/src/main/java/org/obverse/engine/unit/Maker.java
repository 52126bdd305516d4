package org.obverse.engine.unit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * Makes a study's components, each once per use: cells that use an equal component in the same role share it. What goes
 * wrong is told with the plan's key.
 */
public final class Maker {
    private final Equipment equipment;
    private final Map<Made, Object> made = new HashMap<>();

    /** Two uses of one role are equal if component, configuration and stream are. */
    private record Made(String kind, Node configuration, LoadedPlugin plugin, long seed, String role) {}

    public Maker(Equipment equipment) {
        this.equipment = equipment;
    }

    /**
     * The component.
     *
     * @param role whose stream it draws from, such as {@code optimize}
     * @throws InvalidConfigurationException if it refuses its configuration
     */
    @SuppressWarnings("unchecked")
    public <T> T make(PlannedComponent<T> chosen, long seed, String role) {
        Made use = new Made(chosen.component().kind().name(), PlanWriter.tree(chosen), chosen.plugin(), seed, role);
        Object known = made.get(use);
        if (known == null) {
            known = chosen.create(equipment.resources(chosen, seed, role));
            made.put(use, known);
        }
        return (T) known;
    }

    /**
     * Runs what a component does outside of any unit.
     *
     * @param key where the plan names the component
     * @param doing for messages, such as {@code the parts of defense 'bido' of plugin 'bido'}
     * @throws PluginFailedException with the key, and the plugin in whose code it was thrown
     */
    public <T> T ask(String key, PlannedComponent<?> component, String doing, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (InvalidConfigurationException | CancelledException e) {
            throw e;
        } catch (PluginFailedException e) {
            throw located(key, e);
        } catch (Throwable e) {
            LoadedPlugin culprit = equipment.components().registry().culprit(e).orElse(component.plugin());
            throw located(key, new PluginFailedException(culprit.source().toString(), doing, e));
        }
    }

    /** A component that was interrupted did not fail. */
    private static RuntimeException located(String key, PluginFailedException e) {
        return e.getCause() instanceof CancelledException cancelled ? cancelled : e.at(key);
    }
}
