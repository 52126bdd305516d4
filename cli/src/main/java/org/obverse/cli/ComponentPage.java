package org.obverse.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.obverse.api.attack.Stage;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
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
    private final KeyText text;

    ComponentPage(Registry registry, int width) {
        this.registry = registry;
        this.text = new KeyText(width);
    }

    /** The components of a kind, a line each. */
    <T> String of(Kind<T> kind) {
        text.line("components of kind " + kind + ":");
        for (Contribution<T> one : registry.all(kind)) {
            text.line("  " + one.component().name());
            text.text("      ", one.component().summary());
        }
        return text.toString();
    }

    String of(Kind<?> kind, String name) {
        write(registry.require(kind, name));
        return text.toString();
    }

    /** What lists of components say of one, for other programs. */
    static Map<String, Object> plain(Contribution<?> one) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("kind", one.component().kind().name());
        plain.put("name", one.component().name());
        plain.put("summary", one.component().summary());
        plain.put("plugin", one.plugin().id());
        return plain;
    }

    /** The components of a kind, for other programs. */
    <T> List<Map<String, Object>> plain(Kind<T> kind) {
        return registry.all(kind).stream().map(ComponentPage::plain).toList();
    }

    /** One component with its keys, for other programs. */
    Map<String, Object> plain(Kind<?> kind, String name) {
        Contribution<?> one = registry.require(kind, name);
        Map<String, Object> plain = plain(one);
        plain.put("requires", required(one));
        plain.put("keys", KeyText.plain(Description.of(one.component().defaults())));
        return plain;
    }

    private static <T> List<String> required(Contribution<T> one) {
        return words(requirements(one), samples(one.component()));
    }

    private static <T> Requirements requirements(Contribution<T> one) {
        return new PlannedComponent<>(
                        one.plugin(), one.component(), one.component().defaults())
                .requirements();
    }

    private static List<Samples> samples(Component<?, ?> component) {
        return component.defaults() instanceof Sampled sampled ? sampled.samples() : List.of();
    }

    private <T> void write(Contribution<T> contribution) {
        var component = contribution.component();
        text.line(component.kind() + " '" + component.name() + "', of plugin " + contribution.plugin());
        text.text("", component.summary());
        requirements(requirements(contribution), samples(component));
        if (component.kind() == Kind.CLASSIFIER) {
            taps(component.name());
        }
        if (component.kind() == Kind.ATTACK) {
            stages(component.name());
        }
        List<Description> keys = Description.of(component.defaults());
        text.line("");
        text.line(keys.isEmpty() ? "It has no keys." : "Keys, with their defaults:");
        keys.forEach(key -> text.key(key, 1));
    }

    private static List<String> words(Requirements needs, List<Samples> samples) {
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
        if (needs.reads().contains(Reading.QUERIES)) {
            words.add("what the attack asked the target");
        }
        if (needs.reads().contains(Reading.VIEW)) {
            words.add("what the attack shows the target of an image");
        }
        if (needs.reads().contains(Reading.CANDIDATES)) {
            words.add("the candidates that the attack delivered");
        }
        needs.parts()
                .forEach(part -> words.add(part.key() + ": a " + part.kind() + " such as "
                        + part.use().name()));
        samples.forEach(few -> words.add(samples(few)));
        if (!needs.coupling().isEmpty()) {
            words.add("one batch size for equal results: " + needs.coupling());
        }
        return words;
    }

    private void requirements(Requirements needs, List<Samples> samples) {
        List<String> words = words(needs, samples);
        if (!words.isEmpty()) {
            text.line("");
            text.line("With its defaults it requires");
            words.forEach(word -> text.line("  " + word));
        }
        if (!needs.adaptedTo().isEmpty()) {
            text.line("");
            text.line("It was built to get around "
                    + needs.adaptedTo().stream().sorted().collect(Collectors.joining(", ")) + ".");
        }
    }

    private static String samples(Samples needed) {
        String counted = needed.of() == Samples.Counted.RECONSTRUCTIONS
                ? "reconstructions"
                : needed.of().name().toLowerCase(Locale.ROOT) + " images";
        return (needed.perFeature() == 0
                        ? "at least " + needed.least() + " " + counted
                        : "more " + counted + " than features")
                + ": " + needed.reason();
    }

    private void taps(String classifier) {
        List<String> taps =
                ClassifierTaps.of(registry, new Components(registry).choose(Kind.CLASSIFIER, Use.of(classifier)));
        text.line("");
        text.text(
                "",
                taps.isEmpty()
                        ? "Its activations (taps) cannot be listed: its defaults do not suffice to build it."
                        : "Activations (taps) that defenses, metrics and stages may name: " + String.join(", ", taps));
    }

    private void stages(String attack) {
        Map<Stage, Use> stages = new TreeMap<>(
                new Components(registry).recipe(new Use(attack, Map.of())).stages());
        text.line("");
        text.line("Stages (attack.stages.STAGE changes their keys, and names another component with 'use'):");
        stages.forEach((stage, use) -> {
            String settings = use.settings().keySet().stream().sorted().collect(Collectors.joining(", "));
            text.line("  %-9s %s%s"
                    .formatted(stage.label(), use.name(), settings.isEmpty() ? "" : ", given " + settings));
        });
    }
}
