package org.obverse.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.plugin.LoadedPlugin;
import org.obverse.engine.plugin.Registry;
import tools.jackson.databind.json.JsonMapper;

/** The input digests of units: two units of equal digest have byte-equal results on one kind of machine. */
final class Digests {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String plan;
    private final Map<String, LoadedPlugin> plugins;
    private final String runtime;
    private final Registry registry;

    /**
     * @param plan the resolved plan's text
     * @param plugins by id
     * @param runtime the engine's code and the native library
     * @param registry knows whose code threw
     */
    Digests(String plan, Map<String, LoadedPlugin> plugins, String runtime, Registry registry) {
        this.plan = Sha256.of(plan);
        this.plugins = Map.copyOf(plugins);
        this.runtime = runtime;
        this.registry = registry;
    }

    String plan() {
        return plan;
    }

    /**
     * @param machine in which everything upstream is finished
     */
    String of(Unit unit, RunMachine machine) {
        return of(unit, machine, Map.of());
    }

    /** Of a unit whose batch had to be halved until it was this one. */
    String halved(Unit unit, RunMachine machine, int batch) {
        return of(unit, machine, Map.of("batch", batch));
    }

    private String of(Unit unit, RunMachine machine, Map<String, Object> changes) {
        Map<String, Object> inputs = new LinkedHashMap<>(changes);
        inputs.put("unit", unit);
        inputs.put("runtime", runtime);
        inputs.put("plugins", unit.plugins().stream().map(this::identity).toList());
        List<String> upstream = new ArrayList<>();
        unit.upstream().forEach(id -> upstream.add(machine.result(id).digest()));
        inputs.put("upstream", upstream);
        return Sha256.of(JSON.writeValueAsString(inputs));
    }

    private List<String> identity(String id) {
        LoadedPlugin plugin = plugin(id);
        return List.of(plugin.id(), plugin.version(), plugin.contentHash());
    }

    private LoadedPlugin plugin(String id) {
        LoadedPlugin plugin = plugins.get(id);
        if (plugin == null) {
            throw new IllegalArgumentException("no plugin '" + id + "' takes part in this run");
        }
        return plugin;
    }

    /** A component's failure, with the jars that took part in the unit. */
    UnitFailedException blame(Unit unit, Throwable failure) {
        List<String> sources = unit.plugins().stream()
                .map(id -> plugin(id).source().toString())
                .toList();
        return new UnitFailedException(unit, sources, registry.culprit(failure), failure);
    }
}
