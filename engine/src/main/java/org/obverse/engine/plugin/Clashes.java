package org.obverse.engine.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names that two plugins claim. Nobody wins by being first: all who claim such a name are refused. */
final class Clashes {
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<LoadedPlugin> refused = new LinkedHashSet<>();

    /** Ids first: two builds of one plugin also have all their components in common, which goes without saying. */
    Clashes(List<LoadedPlugin> plugins) {
        find(plugins, plugin -> List.of("the plugin id '" + plugin.id() + "'"));
        find(
                plugins.stream().filter(plugin -> !refused.contains(plugin)).toList(),
                plugin -> plugin.components().stream()
                        .map(component -> "the " + component.kind() + " '" + component.name() + "'")
                        .toList());
    }

    private void find(List<LoadedPlugin> plugins, Function<LoadedPlugin, List<String>> names) {
        Map<String, List<LoadedPlugin>> holders = new LinkedHashMap<>();
        for (LoadedPlugin plugin : plugins) {
            names.apply(plugin)
                    .forEach(name -> holders.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(plugin));
        }
        holders.forEach((name, claimants) -> {
            if (claimants.size() > 1) {
                refused.addAll(claimants);
                refusals.add(refusal(name, claimants));
            }
        });
    }

    private static Refusal refusal(String name, List<LoadedPlugin> claimants) {
        List<String> words =
                claimants.stream().map(plugin -> "plugin '" + plugin.id() + "'").toList();
        return new Refusal(
                claimants.stream().map(plugin -> plugin.source().toString()).collect(Collectors.joining(" and ")),
                "%s is contributed %s, by %s; names are unique, so remove all but one"
                        .formatted(
                                name,
                                claimants.size() == 2 ? "twice" : claimants.size() + " times",
                                String.join(" and ", words)));
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    boolean concern(LoadedPlugin plugin) {
        return refused.contains(plugin);
    }
}
