package org.obverse.engine.blueprint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.Taught;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Tap;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.PlacedPart;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.training.Composition;
import org.obverse.engine.unit.TrainedClassifier;

/** A model's defenses: those that change its network or training, and those that filter its answers. */
record DefendedTarget(Origin origin, List<PlacedPart> parts) {
    DefendedTarget(TargetPlan target, List<PlacedPart> parts) {
        this(target.origin(), parts);
    }

    static DefendedTarget none(Origin origin) {
        return new DefendedTarget(origin, List.of());
    }

    Composition composition() {
        double smoothing =
                origin instanceof Origin.Trained trained ? trained.recipe().smoothing() : 0;
        return new Composition(parts.stream().map(PlacedPart::part).toList(), smoothing);
    }

    TrainedClassifier.Course course(Origin.Trained trained) {
        return new TrainedClassifier.Course(trained.recipe(), changing(), composition());
    }

    /** The target that teaches this one, as a defense names it. */
    Optional<String> teacher() {
        return parts.stream()
                .map(part -> part.defense().configuration())
                .filter(Taught.class::isInstance)
                .map(taught -> ((Taught) taught).teacher())
                .findFirst();
    }

    /** A filter sits on the answers: the network is the same with and without it. */
    List<PlannedComponent<Defense>> changing() {
        return having(part -> !(part instanceof OutputFilter));
    }

    List<PlannedComponent<Defense>> filtering() {
        return having(OutputFilter.class::isInstance);
    }

    private List<PlannedComponent<Defense>> having(Predicate<DefensePart> kind) {
        Set<PlannedComponent<Defense>> defenses = new LinkedHashSet<>();
        parts.stream().filter(part -> kind.test(part.part())).forEach(part -> defenses.add(part.defense()));
        return List.copyOf(defenses);
    }

    List<OutputFilter> filters() {
        return parts.stream()
                .map(PlacedPart::part)
                .filter(OutputFilter.class::isInstance)
                .map(OutputFilter.class::cast)
                .toList();
    }

    static Set<String> taps(Classifier built) {
        return new TreeSet<>(built.taps().stream().map(Tap::name).toList());
    }
}
