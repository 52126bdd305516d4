package org.obverse.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plan.Plan;
import org.obverse.engine.plan.PlanChecks;

/** What the parts of a run have against one another, once networks are built. */
final class Fitting {
    private final RunParts parts;
    private final Plan plan;
    private final PlanChecks checks;
    private final Components components;

    Fitting(RunParts parts, PlanChecks checks, Components components) {
        this.parts = parts;
        this.plan = parts.plan();
        this.checks = checks;
        this.components = components;
    }

    /** What the stages that will work with the plan's generator, and whoever crops, have against it. */
    List<Problem> planned(Generator generator) {
        List<Problem> problems = new ArrayList<>(checks.generator(generator));
        for (AttackPlan attack : plan.attack()) {
            if (attack.searchesPlanned(components)) {
                attack.stages().stream()
                        .filter(stage -> attack.prepare().isEmpty() || stage.stage() == Stage.PREPARE)
                        .forEach(stage -> problems.addAll(preflight(stage, generator)));
            }
        }
        return problems;
    }

    /** What a preparer that makes the generator has against the run. */
    List<Problem> preparers() {
        List<Problem> problems = new ArrayList<>();
        for (AttackPlan attack : plan.attack()) {
            if (!attack.searchesPlanned(components)) {
                StagePlan stage = attack.stages().get(0);
                problems.addAll(preflight(
                        stage, new UndeclaredGenerator(stage.component().name())));
            }
        }
        return problems;
    }

    /** What the stages behind a preparer, and whoever crops, have against the generator that it made. */
    List<Problem> prepared(Generator generator) {
        List<Problem> problems = new ArrayList<>(checks.prepared(generator));
        for (AttackPlan attack : plan.attack()) {
            attack.searches().forEach(stage -> problems.addAll(preflight(stage, generator)));
        }
        return problems;
    }

    private List<Problem> preflight(StagePlan stage, Generator generator) {
        if (parts.stage(stage.stage(), Object.class) instanceof Preflight preflight) {
            Preflight.Setting setting = new Preflight.Setting(
                    generator,
                    parts.data().plain().shape(),
                    parts.classes(),
                    plan.execution().batch());
            return parts.asked(
                    stage.path(),
                    stage.component(),
                    "the preflight",
                    () -> checks.preflight(stage, preflight, setting));
        }
        return List.of();
    }

    /** As {@link PlanChecks#located(String, List)}. */
    List<Problem> located(String key, List<Problem> problems) {
        return checks.located(key, problems);
    }

    /** What loss terms and stages have against a target. */
    List<Problem> target(Classifier built) {
        return checks.target(built, parts.defenseResources());
    }

    /** What metrics have against an evaluation model. */
    List<Problem> judge(int evaluationModel, Classifier built) {
        return checks.judge(evaluationModel, built);
    }

    /** What is against training a generator. */
    List<Problem> trained(GeneratorArchitecture architecture) {
        return checks.generatorOrigin(architecture, parts.data().plain());
    }
}
