package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.JsonTypes;
import org.obverse.engine.plan.PlanForm.Brief;
import org.obverse.engine.plan.PlanForm.Changed;
import org.obverse.engine.plan.PlanForm.Chosen;
import org.obverse.engine.plan.PlanForm.Free;
import org.obverse.engine.plan.PlanForm.Group;
import org.obverse.engine.plan.PlanForm.Items;
import org.obverse.engine.plan.PlanForm.Listed;
import org.obverse.engine.plan.PlanForm.Named;
import org.obverse.engine.plan.PlanForm.Settings;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.Registry;

/**
 * The JSON Schema (draft 2020-12) of plans, for editors: which sections, components and keys there are, and what type each key has.
 * What fits together is said by a dry run alone.
 */
public final class PlanSchema {
    private final Registry registry;
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private PlanSchema(Registry registry) {
        this.registry = registry;
    }

    /** In maps, lists, texts and truth values. */
    public static Map<String, Object> of(Registry registry) {
        PlanSchema schema = new PlanSchema(registry);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "A plan of Obverse");
        root.putAll(closed(schema.properties(PlanForm.keys())));
        root.put("required", List.of("data"));
        root.put("$defs", schema.definitions);
        return root;
    }

    private Map<String, Object> properties(List<PlanForm.Key> keys) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (PlanForm.Key key : keys) {
            Map<String, Object> value = new LinkedHashMap<>(of(key.value()));
            if (!key.meaning().isEmpty()) {
                value.put("description", key.meaning());
            }
            properties.put(key.name(), value);
        }
        return properties;
    }

    private Map<String, Object> of(PlanForm.Value value) {
        if (value instanceof Settings settings) {
            Map<String, Object> properties =
                    JsonTypes.properties(settings.defaults().getClass());
            properties.putAll(properties(settings.beside()));
            return closed(properties);
        }
        if (value instanceof Group group) {
            return closed(properties(group.keys()));
        }
        if (value instanceof Chosen chosen) {
            return component(chosen);
        }
        if (value instanceof Changed changed) {
            Chosen stage = changed.component();
            return textOr(Map.of("const", AttackBinding.NONE), choice(stage, names(stage.kind())));
        }
        if (value instanceof Brief brief) {
            Chosen chosen = brief.component();
            return textOr(Map.of("enum", names(chosen.kind())), component(chosen));
        }
        if (value instanceof Items items) {
            return Map.of("type", "array", "items", of(items.each()));
        }
        if (value instanceof Named named) {
            return Map.of("type", "object", "additionalProperties", of(named.each()));
        }
        if (value instanceof Listed listed) {
            List<String> words =
                    listed.words().stream().map(PlanForm.Word::word).toList();
            return Map.of("type", "array", "items", Map.of("enum", words), "uniqueItems", true);
        }
        return switch (((Free) value).shape()) {
            case TEXT -> Map.of("type", "string");
            case TRUTH -> Map.of("type", "boolean");
            case TEXTS -> Map.of("type", "array", "items", Map.of("type", "string"));
            case MAPPING -> Map.of("type", "object");
            case ANY -> Map.of();
        };
    }

    private static Map<String, Object> closed(Map<String, Object> properties) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("additionalProperties", false);
        return object;
    }

    private Map<String, Object> component(Chosen chosen) {
        Map<String, Object> object = new LinkedHashMap<>(choice(chosen, names(chosen.kind())));
        object.put("required", List.of(Binder.USE));
        return object;
    }

    /** Its name decides which keys it has; those of a component whose name an attack gives are not known here. */
    private Map<String, Object> choice(Chosen chosen, List<String> names) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", Map.of(Binder.USE, Map.of("enum", names)));
        List<Object> cases = new ArrayList<>();
        registry.all(chosen.kind()).forEach(one -> cases.add(keys(one, chosen)));
        object.put("allOf", cases);
        return object;
    }

    private Map<String, Object> keys(Contribution<?> one, Chosen chosen) {
        Map<String, Object> named = Map.of(
                "properties", Map.of(Binder.USE, Map.of("const", one.component().name())),
                "required", List.of(Binder.USE));
        return Map.of("if", named, "then", Map.of("$ref", definition(one, chosen)));
    }

    private String definition(Contribution<?> one, Chosen chosen) {
        String name = one.component().kind() + "." + one.component().name();
        if (!definitions.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put(Binder.USE, Map.of("description", one.component().summary()));
            properties.putAll(JsonTypes.properties(one.component().defaults().getClass()));
            definitions.put(name, Map.of());
            properties.putAll(properties(chosen.beside()));
            definitions.put(name, closed(properties));
        }
        return "#/$defs/" + name;
    }

    private static Map<String, Object> textOr(Map<String, Object> text, Map<String, Object> keys) {
        return Map.of("if", Map.of("type", "string"), "then", text, "else", keys);
    }

    private List<String> names(Kind<?> kind) {
        return registry.all(kind).stream()
                .map(contribution -> contribution.component().name())
                .toList();
    }
}
