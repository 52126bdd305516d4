package org.obverse.engine.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Binder;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;

/** Binds the section {@code membership}. */
final class MembershipBinding {
    private static final String TARGET = ModelEntries.TARGET;

    private final Components components;
    private final ModelNames targets;
    private final Binder binder;
    private final Map<String, PlannedComponent<MembershipAttack>> bound = new LinkedHashMap<>();
    private Optional<String> target = Optional.empty();

    MembershipBinding(Components components, ModelNames targets, Binder binder) {
        this.components = components;
        this.targets = targets;
        this.binder = binder;
    }

    /** The name of the model under attack; nothing if there is no section, or a problem was reported. */
    Optional<String> target() {
        return target;
    }

    /** The attacks that could be bound, by path. */
    Map<String, PlannedComponent<MembershipAttack>> attacks() {
        return Collections.unmodifiableMap(bound);
    }

    Optional<MembershipPlan> bind(Node node, String path) {
        Optional<Mapping> section = Form.mapping(node, path, binder);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        target = target(node, path);
        int before = binder.problems().size();
        MembershipKeys keys = binder.bind(
                MembershipKeys.DEFAULT, section.get().without(Set.of(TARGET, MembershipPlan.ATTACKS)), path);
        String list = path + "." + MembershipPlan.ATTACKS;
        List<PlannedComponent<MembershipAttack>> attacks = node.child(MembershipPlan.ATTACKS)
                .map(items -> Form.components(items, list, binder, this::attack))
                .orElse(List.of());
        if (attacks.isEmpty() && binder.problems().size() == before) {
            binder.add(
                    new Problem(list, node.line(), "no attack is named", "write attacks: [ { use: average-loss } ]"));
        }
        return binder.problems().size() == before
                ? target.map(name -> new MembershipPlan(name, keys, attacks))
                : Optional.empty();
    }

    private Optional<String> target(Node node, String path) {
        if (targets.names().isEmpty()) {
            return Optional.empty();
        }
        return node.child(TARGET).isPresent()
                ? node.child(TARGET).flatMap(given -> targets.quoted(given, path + "." + TARGET, binder))
                : targets.only(node, path, TARGET, binder);
    }

    private Optional<PlannedComponent<MembershipAttack>> attack(Node node, String path) {
        Optional<PlannedComponent<MembershipAttack>> chosen =
                components.bind(Kind.MEMBERSHIP_ATTACK, node, path, Set.of(), binder);
        chosen.ifPresent(attack -> bound.put(path, attack));
        return chosen;
    }
}
