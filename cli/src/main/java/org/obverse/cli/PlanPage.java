package org.obverse.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Description;
import org.obverse.engine.configuration.Suggestion;
import org.obverse.engine.plan.PlanForm;
import org.obverse.engine.plan.PlanForm.Brief;
import org.obverse.engine.plan.PlanForm.Changed;
import org.obverse.engine.plan.PlanForm.Chosen;
import org.obverse.engine.plan.PlanForm.Free;
import org.obverse.engine.plan.PlanForm.Group;
import org.obverse.engine.plan.PlanForm.Items;
import org.obverse.engine.plan.PlanForm.Listed;
import org.obverse.engine.plan.PlanForm.Named;
import org.obverse.engine.plan.PlanForm.Settings;
import org.obverse.engine.plan.PlanForm.Value;
import org.obverse.engine.plugin.Registry;

/** The text of {@code obverse describe plan}: the keys of plans, or those of one section. */
final class PlanPage {
    private final KeyText text;

    PlanPage(int width) {
        this.text = new KeyText(width);
    }

    /**
     * @param path of a section, dotted; empty for the whole plan
     * @throws InvalidConfigurationException if there is no such key
     */
    String of(String path) {
        if (path.isEmpty()) {
            text.line("A plan is a YAML file with these keys; 'obverse describe plan KEY' says more of one.");
            PlanForm.keys().forEach(this::brief);
            return text.toString();
        }
        text.line("plan, " + path);
        Place place = Place.of(path);
        if (!place.own().isEmpty()) {
            place.own().forEach(key -> text.key(key, 0));
            return text.toString();
        }
        text.text("", place.meaning());
        text.line("");
        whole(place.value());
        return text.toString();
    }

    /**
     * The same for other programs: an object with the key's path, its form and meaning, and the keys below.
     *
     * @throws InvalidConfigurationException if there is no such key
     */
    static Map<String, Object> plain(String path) {
        Place place = Place.of(path);
        if (!place.own().isEmpty()) {
            return KeyText.plain(place.own()).get(0);
        }
        List<Map<String, Object>> keys = new ArrayList<>();
        below(place.value()).forEach(key -> keys.add(plain(key.name(), key.value(), key.meaning(), List.of())));
        keys.addAll(KeyText.plain(own(place.value())));
        return plain(path, place.value(), place.meaning(), keys);
    }

    /** With the same entries as a component's key; what a section holds if a plan does not name it is no text. */
    private static Map<String, Object> plain(String key, Value value, String meaning, List<Map<String, Object>> keys) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("key", key);
        plain.put("type", form(value));
        plain.put("default", "");
        plain.put("meaning", meaning);
        plain.put("keys", keys);
        return plain;
    }

    /**
     * Where a path leads.
     *
     * @param own the key itself where it is one of a record; empty elsewhere
     */
    private record Place(Value value, String meaning, List<Description> own) {
        static Place of(String path) {
            Value value = new Group(PlanForm.keys());
            String meaning = "";
            for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
                if (value instanceof Named named) {
                    value = named.each();
                    continue;
                }
                List<Description> own = PlanPage.own(value).stream()
                        .filter(key -> key.key().equals(name))
                        .toList();
                if (!own.isEmpty()) {
                    return new Place(value, meaning, own);
                }
                PlanForm.Key key = below(value, name, path);
                value = key.value();
                meaning = key.meaning();
            }
            return new Place(value, meaning, List.of());
        }
    }

    /** Dotted keys of plans, but for those below names of a plan's own and in lists. */
    static List<String> paths() {
        return paths(kind -> Set.of());
    }

    /** The same, with the keys of every component that may stand in a place, whichever stands there in a plan. */
    static List<String> paths(Registry registry) {
        return paths(kind -> {
            Set<String> keys = new TreeSet<>(Set.of(Binder.USE));
            registry.all(kind)
                    .forEach(one -> Description.of(one.component().defaults()).forEach(key -> keys.add(key.key())));
            return keys;
        });
    }

    private static List<String> paths(Function<Kind<?>, Set<String>> ofComponents) {
        List<String> paths = new ArrayList<>();
        paths("", new Group(PlanForm.keys()), ofComponents, paths);
        return paths;
    }

    private static void paths(
            String before, Value value, Function<Kind<?>, Set<String>> ofComponents, List<String> paths) {
        if (value instanceof Items || value instanceof Named) {
            return;
        }
        if (value instanceof Changed changed) {
            paths(before, changed.component(), ofComponents, paths);
            return;
        }
        if (value instanceof Chosen chosen) {
            ofComponents.apply(chosen.kind()).forEach(key -> paths.add(before + key));
        }
        own(value).forEach(key -> paths.add(before + key.key()));
        below(value).forEach(key -> {
            paths.add(before + key.name());
            paths(before + key.name() + ".", key.value(), ofComponents, paths);
        });
    }

    private static PlanForm.Key below(Value value, String name, String path) {
        return below(value).stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(new Problem(
                        path,
                        "plans have no such key",
                        Suggestion.of(
                                name,
                                "keys",
                                Stream.concat(
                                                below(value).stream().map(PlanForm.Key::name),
                                                own(value).stream().map(Description::key))
                                        .toList()))));
    }

    private static List<PlanForm.Key> below(Value value) {
        if (value instanceof Settings settings) {
            return settings.beside();
        }
        if (value instanceof Group group) {
            return group.keys();
        }
        if (value instanceof Chosen chosen) {
            return chosen.beside();
        }
        if (value instanceof Changed changed) {
            return changed.component().beside();
        }
        if (value instanceof Brief brief) {
            return brief.component().beside();
        }
        if (value instanceof Items items) {
            return below(items.each());
        }
        return value instanceof Named named ? below(named.each()) : List.of();
    }

    private void whole(Value value) {
        text.text("", form(value));
        List<Description> own = own(value);
        List<PlanForm.Key> beside = below(value);
        if (!own.isEmpty() || !beside.isEmpty()) {
            text.line("");
            text.line("Keys:");
        }
        beside.forEach(this::brief);
        own.forEach(key -> text.key(key, 1));
        if (value instanceof Listed listed) {
            text.line("");
            text.line("Words:");
            listed.words().forEach(word -> {
                text.line("  " + word.word());
                text.text("      ", word.meaning());
            });
        }
    }

    private void brief(PlanForm.Key key) {
        text.line("  " + key.name());
        List<String> words = new ArrayList<>();
        if (!key.meaning().isEmpty()) {
            words.add(key.meaning());
        }
        words.add(form(key.value()));
        text.text("      ", String.join("; ", words));
    }

    private static List<Description> own(Value value) {
        if (value instanceof Settings settings) {
            return Description.of(settings.defaults());
        }
        if (value instanceof Items items) {
            return own(items.each());
        }
        return value instanceof Named named ? own(named.each()) : List.of();
    }

    private static String form(Value value) {
        if (value instanceof Chosen chosen) {
            return "{ use: NAME, … } of kind %s; 'obverse describe %s' lists them"
                    .formatted(chosen.kind(), chosen.kind());
        }
        if (value instanceof Changed changed) {
            return "keys of the attack's own %s, or %s, or none"
                    .formatted(changed.component().kind(), form(changed.component()));
        }
        if (value instanceof Brief brief) {
            return "NAME or " + form(brief.component());
        }
        if (value instanceof Items items) {
            return "a list, each entry " + form(items.each());
        }
        if (value instanceof Named named) {
            return "names of your own, each with " + form(named.each());
        }
        if (value instanceof Listed) {
            return "a list of words, each once";
        }
        return value instanceof Free free ? free.form() : "keys and values";
    }
}
