package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.obverse.api.attack.Stage;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.MembershipPlan;
import org.obverse.engine.plan.Needs;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;
import org.obverse.testkit.bench.BenchPlugin;
import org.obverse.testkit.bench.Layout;

/** What the engine says to plans that grant an attacker more or less access to the target. */
final class Grants {
    private final Bench bench;
    private final PlannedComponent<?> chosen;
    private final String path;
    private final Mapping sections;

    /**
     * @param path where the plan names the attacker
     * @param sections of the plan that do so
     */
    private Grants(Subject<?> subject, String path, Mapping sections) {
        this.bench = subject.bench();
        this.chosen = subject.chosen();
        this.path = path;
        this.sections = sections;
    }

    /** Of a stage, behind what an attack of its plugin prepares. */
    static Grants of(Subject<?> subject, Stage stage) {
        Mapping attack = (Mapping) Node.of(Use.of(BenchPlugin.ATTACK));
        Mapping stages = Node.nothing().with(stage.label(), PlanWriter.tree(subject.chosen()));
        for (Use use : StageBench.of(subject).prepared().stream().toList()) {
            stages = stages.with(Stage.PREPARE.label(), Node.of(use));
        }
        return new Grants(
                subject,
                "attack.stages." + stage.label(),
                Node.nothing()
                        .with("generator", Node.of(subject.bench().layout().generator()))
                        .with("attack", attack.with("stages", stages)));
    }

    /** Of a membership attack. */
    static Grants ofMembership(Subject<?> subject) {
        Mapping section = Node.nothing().with("attacks", new Sequence(List.of(PlanWriter.tree(subject.chosen())), 0));
        return new Grants(subject, MembershipPlan.path(0), Node.nothing().with(MembershipPlan.SECTION, section));
    }

    /** Of a control. */
    static Grants ofControl(Subject<?> subject) {
        return new Grants(
                subject,
                "controls.0",
                Node.nothing()
                        .with("generator", Node.of(subject.bench().layout().generator()))
                        .with("attack", Node.of(Use.of(BenchPlugin.ATTACK)))
                        .with("controls", new Sequence(List.of(PlanWriter.tree(subject.chosen())), 0)));
    }

    /**
     * @throws BrokenRule unless a plan that grants what the stage needs is accepted, and one that grants a level less refused
     *     for that reason
     */
    void check() {
        Access need = Needs.of(chosen, bench.components()).access();
        List<Problem> accepted = problems(need);
        unless(accepted.isEmpty(), "a plan that grants %s access is refused: %s", need.label(), accepted);
        Arrays.stream(Access.values())
                .filter(level -> !level.grants(need))
                .max(Comparator.naturalOrder())
                .ifPresent(less -> refused(need, less));
    }

    private void refused(Access need, Access granted) {
        List<Problem> problems = problems(granted);
        unless(
                problems.stream().anyMatch(problem -> names(problem, need)),
                "a plan that grants only %s access is not refused for that: %s",
                granted.label(),
                problems);
    }

    private boolean names(Problem problem, Access need) {
        return problem.path().equals(path) && problem.message().contains(need.label() + " access");
    }

    private List<Problem> problems(Access granted) {
        try {
            new PlanReader(bench.registry()).read(plan(granted), "the plan", "access", List.of());
            return List.of();
        } catch (InvalidConfigurationException e) {
            return e.problems().stream()
                    .filter(problem -> problem.path().startsWith(path))
                    .toList();
        }
    }

    private String plan(Access granted) {
        Layout layout = bench.layout();
        Mapping target =
                Node.nothing().with("classifier", Node.of(layout.target())).with("access", Node.of(granted));
        return Yaml.write(Node.nothing()
                .with("data", Node.of(layout.data()))
                .with("target", target)
                .overlaid(sections));
    }
}
