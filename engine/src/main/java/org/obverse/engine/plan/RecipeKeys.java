package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.plugin.Contribution;

/**
 * What a plan says of the attack as a whole, such as {@code attack.candidates}, means the components of its recipe. Where the plan
 * replaces one of them, the component in its place is given the keys that it has too, and a key that reaches nobody is refused.
 */
final class RecipeKeys {
    private final Components components;
    private final Mapping section;
    private final Set<String> beside;
    private final Attack attack;
    private final Binder binder;

    /**
     * @param section {@code attack} as the plan has it
     * @param beside keys of the section that are not the recipe's
     * @param attack the recipe that the section makes
     */
    RecipeKeys(Components components, Mapping section, Set<String> beside, Attack attack, Binder binder) {
        this.components = components;
        this.section = section;
        this.beside = beside;
        this.attack = attack;
        this.binder = binder;
    }

    /**
     * @param given the plan's entries under {@code attack.stages}
     * @return the same, with what the section says to replaced components
     */
    Mapping reaching(Mapping given) {
        Mapping reached = given;
        for (Map.Entry<String, Node> entry : section.without(beside).entries().entrySet()) {
            if (!entry.getKey().equals(Binder.USE)) {
                reached = reaching(entry.getKey(), entry.getValue(), reached);
            }
        }
        return reached;
    }

    private Mapping reaching(String key, Node value, Mapping given) {
        Optional<Attack> without = recipe(section.without(Set.of(key)));
        Mapping reached = given;
        List<String> deaf = new ArrayList<>();
        boolean heard = without.isEmpty();
        for (Stage stage : attack.stages().keySet()) {
            if (without.isPresent()
                    && !attack.stages().get(stage).equals(without.get().stages().get(stage))) {
                Optional<Mapping> replacement = replacement(stage, given);
                if (stage != Stage.SAMPLE
                        && given.get(stage.label())
                                .filter(AttackBinding::isLeftOut)
                                .isPresent()) {
                    deaf.add("nothing in " + stage.label());
                } else if (replacement.isEmpty()) {
                    heard = true;
                } else if (has(stage, use(replacement.get()), key)) {
                    heard = true;
                    Mapping entry = replacement.get();
                    reached = reached.with(stage.label(), entry.get(key).isPresent() ? entry : entry.with(key, value));
                } else {
                    deaf.add("'%s' in %s".formatted(use(replacement.get()), stage.label()));
                }
            }
        }
        if (!heard && !deaf.isEmpty()) {
            binder.add(new Problem(
                    "attack." + key,
                    value.line(),
                    "reaches nobody: " + String.join(" and ", deaf)
                            + " stands where the attack has a component that reads it, and has no such key",
                    "drop it, or use the keys of that component"));
        }
        return reached;
    }

    /** What the plan puts in the place of the recipe's component. */
    private Optional<Mapping> replacement(Stage stage, Mapping given) {
        return given.get(stage.label())
                .filter(Mapping.class::isInstance)
                .map(Mapping.class::cast)
                .filter(entry -> entry.get(Binder.USE).isPresent())
                .filter(entry -> !Optional.ofNullable(attack.stages().get(stage))
                        .map(Use::name)
                        .equals(Optional.of(use(entry))));
    }

    private static String use(Mapping entry) {
        return entry.get(Binder.USE).orElse(entry) instanceof Scalar name
                ? name.value().toString()
                : "";
    }

    private boolean has(Stage stage, String component, String key) {
        return components.registry().find(kind(stage), component).stream()
                .map(Contribution::component)
                .anyMatch(
                        found -> ((Mapping) Node.of(found.defaults())).get(key).isPresent());
    }

    static Kind<?> kind(Stage stage) {
        return switch (stage) {
            case PREPARE -> Kind.PREPARER;
            case SAMPLE -> Kind.SAMPLER;
            case OPTIMIZE -> Kind.OPTIMIZER;
            case SELECT -> Kind.SELECTOR;
        };
    }

    private Optional<Attack> recipe(Mapping changed) {
        try {
            return components
                    .bind(Kind.ATTACK, changed, "", beside, new Binder())
                    .map(chosen -> chosen.create(new NoResources(chosen.subject())));
        } catch (InvalidConfigurationException e) {
            return Optional.empty();
        }
    }
}
