package org.obverse.engine.blueprint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Stage;
import org.obverse.api.control.Control;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.engine.control.ControlUse;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.EvaluationPlan;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.plan.PlacedPart;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.unit.Maker;

/** The components of one cell, made by a study's maker; what refuses its configuration is found and left out. */
final class CellComponents {
    private final Plan plan;
    private final PlanChecks checks;
    private final Maker maker;
    private final Findings findings;
    private final List<Dataset> data = new ArrayList<>();
    private final Map<String, List<PlacedPart>> defenses = new LinkedHashMap<>();
    private final Map<String, ClassifierArchitecture> targets = new LinkedHashMap<>();
    private final Map<String, ClassifierArchitecture> judges = new LinkedHashMap<>();
    private final Set<String> undefended = new HashSet<>();
    private final List<GeneratorArchitecture> generator = new ArrayList<>();
    private final Map<Stage, Object> stages = new EnumMap<>(Stage.class);
    private final List<MembershipAttack> membership = new ArrayList<>();
    private final List<Control> controls = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private boolean complete = true;

    CellComponents(Cell cell, PlanChecks checks, Maker maker, Findings findings) {
        this.plan = cell.plan();
        this.checks = checks;
        this.maker = maker;
        this.findings = findings;
        make("data", plan.data(), plan.seeds().split(), "data").ifPresent(data::add);
        plan.targets().values().forEach(this::target);
        plan.evaluation().values().forEach(this::judge);
        plan.generator()
                .forEach(chosen -> make("generator", chosen, plan.seeds().training(), "generator")
                        .ifPresent(generator::add));
        plan.attack().forEach(this::stages);
        plan.membership().forEach(this::membership);
        for (int i = 0; i < plan.controls().size(); i++) {
            PlannedComponent<Control> control = plan.controls().get(i);
            make(PlanChecks.controlPath(i), control, plan.seeds().evaluation(), ControlUse.SLOT + control.name())
                    .ifPresent(controls::add);
        }
        for (int i = 0; i < plan.metrics().size(); i++) {
            PlannedComponent<Metric> metric = plan.metrics().get(i).metric();
            make("metrics." + i, metric, plan.seeds().evaluation(), "metric/" + metric.name())
                    .ifPresent(metrics::add);
        }
    }

    private void target(TargetPlan target) {
        make(target.path() + ".classifier", target.classifier(), target.seed(), "target")
                .ifPresent(made -> targets.put(target.name(), made));
        List<PlacedPart> parts = new ArrayList<>();
        for (int i = 0; i < target.defense().size(); i++) {
            String key = target.path() + ".defense." + i;
            PlannedComponent<Defense> defense = target.defense().get(i);
            make(key, defense, target.seed(), "defense/" + defense.name())
                    .flatMap(made -> attempt(
                            key, () -> maker.ask(key, defense, "the parts of " + defense.subject(), made::parts)))
                    .ifPresentOrElse(
                            made -> made.forEach(part -> parts.add(new PlacedPart(key, defense, part))),
                            () -> undefended.add(target.name()));
        }
        defenses.put(target.name(), parts);
    }

    private void judge(EvaluationPlan judge) {
        make(judge.path() + ".classifier", judge.classifier(), judge.seed(), "evaluation")
                .ifPresent(made -> judges.put(judge.name(), made));
    }

    private void stages(AttackPlan attack) {
        for (StagePlan<?> stage : attack.stages()) {
            make(
                            stage.path(),
                            stage.component(),
                            plan.seeds().attack(),
                            stage.stage().label())
                    .ifPresent(made -> stages.put(stage.stage(), made));
        }
    }

    private void membership(MembershipPlan section) {
        for (int i = 0; i < section.attacks().size(); i++) {
            PlannedComponent<MembershipAttack> attack = section.attacks().get(i);
            make(MembershipPlan.path(i), attack, plan.seeds().attack(), MembershipPlan.SECTION + "/" + attack.name())
                    .ifPresent(membership::add);
        }
    }

    private <T> Optional<T> make(String key, PlannedComponent<T> chosen, long seed, String role) {
        return attempt(key, () -> maker.ask(key, chosen, chosen.subject(), () -> maker.make(chosen, seed, role)));
    }

    private <T> Optional<T> attempt(String key, Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (InvalidConfigurationException e) {
            complete = false;
            findings.add(e, checks.refused(key, e));
            return Optional.empty();
        }
    }

    /** Whether all of them could be made. */
    boolean isComplete() {
        return complete;
    }

    Optional<Dataset> data() {
        return data.stream().findFirst();
    }

    /** The parts of a target's defenses, in the plan's order. */
    List<PlacedPart> defenses(String target) {
        return defenses.getOrDefault(target, List.of());
    }

    /** Nothing if one of its defenses is missing, too. */
    Optional<ClassifierArchitecture> target(String name) {
        return Optional.ofNullable(targets.get(name)).filter(made -> !undefended.contains(name));
    }

    Optional<ClassifierArchitecture> judge(String name) {
        return Optional.ofNullable(judges.get(name));
    }

    Optional<GeneratorArchitecture> generator() {
        return generator.stream().findFirst();
    }

    Object stage(Stage stage) {
        return required(stages.get(stage));
    }

    MembershipAttack membership(int index) {
        return membership.get(index);
    }

    Control control(int index) {
        return controls.get(index);
    }

    Metric metric(int index) {
        return metrics.get(index);
    }

    private static <T> T required(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("a cell without all its components has no units");
        }
        return made;
    }

    /** Stages that open representations of their own, by component name. */
    Map<String, Representation.Opener> openers() {
        Map<String, Representation.Opener> openers = new LinkedHashMap<>();
        for (AttackPlan attack : plan.attack()) {
            for (StagePlan<?> stage : attack.stages()) {
                if (stages.get(stage.stage()) instanceof Representation.Opener opener) {
                    openers.put(stage.component().name(), opener);
                }
            }
        }
        return openers;
    }
}
