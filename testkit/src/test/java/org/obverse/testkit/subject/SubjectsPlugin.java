package org.obverse.testkit.subject;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Plugin;

/** Every subject whose code is harmless. */
public final class SubjectsPlugin implements Plugin {
    static List<Subjects<?, ?>> ofEveryKind() {
        return List.of(
                Recipes.attacks(),
                Preparers.subjects(),
                Samplers.subjects(),
                Optimizers.subjects(),
                Selectors.subjects(),
                IdentityLosses.subjects(),
                Defenses.subjects(),
                Generators.subjects(),
                Classifiers.subjects(),
                Datasets.subjects(),
                MembershipAttacks.subjects(),
                Controls.subjects(),
                Metrics.subjects(),
                Recipes.listeners(),
                Places.subjects(),
                Stores.subjects());
    }

    @Override
    public String id() {
        return "subjects";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        List<Component<?, ?>> all = new ArrayList<>(ScoreMetrics.subjects().ofThisKind());
        ofEveryKind().forEach(subjects -> all.addAll(subjects.all()));
        return all;
    }
}
