package org.obverse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Description;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.Contribution;
import org.obverse.engine.plugin.Registry;

/** The text of {@code obverse describe}. */
final class ComponentPage {
    private final Registry registry;
    private final int width;
    private final StringBuilder page = new StringBuilder();

    ComponentPage(Registry registry, int width) {
        this.registry = registry;
        this.width = width;
    }

    String of(Kind<?> kind, String name) {
        write(registry.require(kind, name));
        return page.toString();
    }

    private <T> void write(Contribution<T> contribution) {
        var component = contribution.component();
        line(component.kind() + " '" + component.name() + "', of plugin " + contribution.plugin());
        text("", component.summary());
        requirements(new PlannedComponent<>(contribution.plugin(), component, component.defaults()).requirements());
        if (component.kind() == Kind.CLASSIFIER) {
            taps(component.name());
        }
        if (component.kind() == Kind.ATTACK) {
            stages(component.name());
        }
        List<Description> keys = Description.of(component.defaults());
        line("");
        line(keys.isEmpty() ? "It has no keys." : "Keys, with their defaults:");
        keys.forEach(key -> key(key, 1));
    }

    private void requirements(Requirements needs) {
        List<String> words = new ArrayList<>();
        if (needs.access() != Access.NONE) {
            words.add("access to the target: " + needs.access().label());
        }
        needs.generator().forEach(facet -> words.add("a generator that is " + facet.getSimpleName()));
        needs.data()
                .forEach(part ->
                        words.add("a data set with the part '" + Node.of(part).plain() + "'"));
        needs.taps().forEach(tap -> words.add("the target's activation '" + tap + "'"));
        if (needs.reads().contains(Reading.REFERENCES)) {
            words.add("reference models, trained like the target, which the plan must train");
        }
        if (needs.reads().contains(Reading.TRAINING)) {
            words.add("how the target is trained, which the plan must say");
        }
        needs.parts()
                .forEach(part -> words.add(part.key() + ": a " + part.kind() + " such as "
                        + part.use().name()));
        if (!needs.coupling().isEmpty()) {
            words.add("one batch size for equal results: " + needs.coupling());
        }
        if (!words.isEmpty()) {
            line("");
            line("With its defaults it requires");
            words.forEach(word -> line("  " + word));
        }
        if (!needs.adaptedTo().isEmpty()) {
            line("");
            line("It was built to get around "
                    + needs.adaptedTo().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
    }

    private void taps(String classifier) {
        List<String> taps =
                ClassifierTaps.of(registry, new Components(registry).choose(Kind.CLASSIFIER, Use.of(classifier)));
        line("");
        text(
                "",
                taps.isEmpty()
                        ? "Its activations (taps) cannot be listed: its defaults do not suffice to build it."
                        : "Activations (taps) that defenses, metrics and stages may name: " + String.join(", ", taps));
    }

    private void stages(String attack) {
        Map<Stage, Use> stages = new TreeMap<>(
                new Components(registry).recipe(new Use(attack, Map.of())).stages());
        line("");
        line("Stages (attack.stages.STAGE changes their keys, and names another component with 'use'):");
        stages.forEach((stage, use) -> {
            String settings = use.settings().keySet().stream().sorted().collect(Collectors.joining(", "));
            line("  %-9s %s%s".formatted(stage.label(), use.name(), settings.isEmpty() ? "" : ", given " + settings));
        });
    }

    private void key(Description key, int depth) {
        String indent = "  ".repeat(depth);
        String fallback = key.fallback().isEmpty() ? "" : ": " + key.fallback();
        line(indent + key.key() + fallback);
        text(indent + "    ", key.type() + (key.meaning().isEmpty() ? "" : "; " + key.meaning()));
        key.nested().forEach(nested -> key(nested, depth + 1));
    }

    /** Wraps. */
    private void text(String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split("\\s+", -1)) {
            if (line.length() > indent.length() && line.length() + word.length() > width) {
                line(line.toString().stripTrailing());
                line.setLength(indent.length());
            }
            line.append(word).append(' ');
        }
        line(line.toString().stripTrailing());
    }

    private void line(String text) {
        page.append(text).append(System.lineSeparator());
    }
}
