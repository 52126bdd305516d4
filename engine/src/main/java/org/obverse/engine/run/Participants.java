package org.obverse.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;

/**
 * The plugins and files that a plan uses.
 *
 * @param plugins by id
 * @param files SHA-256 of the files that the plan names, by location
 */
record Participants(Map<String, LoadedPlugin> plugins, Map<String, String> files) {
    static Participants of(Plan plan, FileHashes files, Registry registry) {
        Set<String> used = new TreeSet<>();
        UnitPlanner.units(plan, List.of(0), "", files, new Components(registry))
                .forEach(unit -> used.addAll(unit.plugins()));
        plan.observers()
                .forEach(observer -> used.add(observer.observer().plugin().id()));
        Map<String, LoadedPlugin> plugins = new LinkedHashMap<>();
        for (LoadedPlugin plugin : registry.plugins()) {
            if (used.contains(plugin.id())) {
                plugins.put(plugin.id(), plugin);
            }
        }
        return new Participants(plugins, files.of(plan));
    }

    Manifest manifest(String libtorch, EngineCode engine) {
        Map<String, String> code = new LinkedHashMap<>();
        code.put(EngineCode.ID, engine.hash());
        Map<String, Map<String, String>> jars = new LinkedHashMap<>();
        plugins.forEach((id, plugin) -> {
            code.put(id, plugin.contentHash());
            if (!plugin.jars().isEmpty()) {
                jars.put(id, plugin.jars());
            }
        });
        return new Manifest(libtorch, code, jars, files, List.of());
    }
}
