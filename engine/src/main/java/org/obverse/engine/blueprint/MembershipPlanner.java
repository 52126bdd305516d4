package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.obverse.api.data.Part;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.graph.Input;
import org.obverse.engine.membership.GameUnit;
import org.obverse.engine.membership.MembershipGame;
import org.obverse.engine.membership.MembershipMetricUnit.NamedScores;
import org.obverse.engine.membership.MembershipUse;
import org.obverse.engine.membership.ReferenceLessons;
import org.obverse.engine.membership.ReferencePart;
import org.obverse.engine.membership.ScoreUnit;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.Network;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.TrainedClassifier;

/** Adds the units of a cell's membership inference: the draw of samples, reference models, attacks. */
final class MembershipPlanner {
    /** The slot of reference models. */
    private static final String REFERENCE = "reference";

    private final CellPlanner cell;
    private final Plan plan;
    private final CellComponents made;
    private final Networks networks;

    MembershipPlanner(CellPlanner cell, Plan plan, CellComponents made, Networks networks) {
        this.cell = cell;
        this.plan = plan;
        this.made = made;
        this.networks = networks;
    }

    /** A game, and what each attack said. */
    record Played(Input<MembershipGame> game, List<NamedScores> attacks) {}

    /** One per section of the plan, of which there is at most one. */
    List<Played> plan() {
        return plan.membership().stream().map(this::played).toList();
    }

    private Played played(MembershipPlan membership) {
        TargetNetwork target = networks.target(membership.target());
        check(membership, target.held());
        Input<MembershipGame> game = cell.add(new GameUnit(
                cell.name(GameUnit.SLOT),
                cell.workplace().equipment(),
                plan.data().name(),
                networks.data(),
                membership.keys(),
                target.held(),
                plan.seeds().evaluation()));
        boolean compared = membership.attacks().stream().anyMatch(MembershipPlanner::readsReferences);
        List<Input<Network>> references = compared ? references(membership, target) : List.of();
        List<NamedScores> scores = new ArrayList<>();
        List<String> names = names(membership.attacks());
        for (int i = 0; i < membership.attacks().size(); i++) {
            PlannedComponent<MembershipAttack> chosen = membership.attacks().get(i);
            MembershipUse use = new MembershipUse(
                    chosen,
                    made.membership(i),
                    membership.keys(),
                    networks.data(),
                    game,
                    target.attacked(),
                    courses(target),
                    target.teacher().map(TargetNetwork::model).stream().toList(),
                    target.held(),
                    readsReferences(chosen) ? references : List.of(),
                    plan.seeds(),
                    plan.execution());
            scores.add(new NamedScores(
                    names.get(i),
                    cell.add(new ScoreUnit(
                            cell.name(ScoreUnit.SLOT), cell.workplace().equipment(), use))));
        }
        return new Played(game, scores);
    }

    private void check(MembershipPlan membership, HeldOutImages held) {
        PlanChecks checks = cell.workplace().checks();
        if (!held.isEmpty() && cell.data().parts().contains(Part.TRAINING)) {
            int training = cell.data().images(Part.TRAINING).size();
            cell.workplace()
                    .findings()
                    .add(checks.heldOut(
                            membership, training, held.rows(training).size()));
        }
        for (int i = 0; i < membership.attacks().size(); i++) {
            if (readsReferences(membership.attacks().get(i))) {
                cell.workplace().findings().add(checks.references(membership, i, made.membership(i)));
            }
        }
    }

    /** With the settings that are not the component's own where a plan has several of a name, and with numbers where that is not enough. */
    private static List<String> names(List<PlannedComponent<MembershipAttack>> attacks) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (PlannedComponent<MembershipAttack> attack : attacks) {
            long alike = attacks.stream()
                    .filter(other -> other.name().equals(attack.name()))
                    .count();
            String name = alike == 1 ? attack.name() : attack.name() + settings(attack);
            int number = seen.merge(name, 1, Integer::sum);
            names.add(name + (number == 1 ? "" : "/" + number));
        }
        return names;
    }

    private static String settings(PlannedComponent<?> attack) {
        Mapping defaults = (Mapping) Node.of(attack.component().defaults());
        StringBuilder settings = new StringBuilder();
        ((Mapping) Node.of(attack.configuration())).entries().forEach((key, value) -> {
            Object own = value.plain();
            if (!own.equals(defaults.get(key).map(Node::plain).orElse(""))) {
                settings.append(' ').append(own);
            }
        });
        return settings.toString();
    }

    private static boolean readsReferences(PlannedComponent<MembershipAttack> attack) {
        return attack.requirements().reads().contains(Reading.REFERENCES);
    }

    private static List<TrainedClassifier.Course> courses(TargetNetwork target) {
        return target.plan().origin() instanceof Origin.Trained trained
                ? List.of(target.defended().course(trained))
                : List.of();
    }

    /** A plan whose target is not trained here has no attack that reads them. */
    private List<Input<Network>> references(MembershipPlan membership, TargetNetwork target) {
        return IntStream.range(0, membership.keys().references())
                .mapToObj(i -> new ReferencePart(i, membership.keys(), plan.seeds(), target.held()))
                .map(part -> reference(target, part))
                .toList();
    }

    /** Behind its teacher, which learns from the same samples. */
    private Input<Network> reference(TargetNetwork target, ReferencePart part) {
        List<Input<Network>> teacher =
                target.teacher().map(by -> reference(by, part)).stream().toList();
        HeldOutImages validation = target.held().isEmpty() ? target.held() : part.held();
        return cell.add(new TrainedClassifier(
                cell.name(REFERENCE),
                cell.workplace().equipment(),
                new TrainedClassifier.Questions(
                        cell.workplace().maker(), cell.workplace().checks(), built -> List.of()),
                target.use().as(REFERENCE, REFERENCE + "/" + part.index()),
                courses(target).get(0),
                new ReferenceLessons(networks.data(), part, validation),
                teacher,
                plan.execution()));
    }
}
