package org.obverse.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.estimate.Estimate;
import org.obverse.cli.estimate.EstimatePage;
import org.obverse.cli.estimate.Estimator;
import org.obverse.cli.progress.Screen;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "estimate",
        header = "Say what a plan would cost: time, memory, disk; and how exact its Acc@1 would be.",
        description = {
            "",
            "Works a few seconds on one unit of each kind, in a temporary folder, with as many at once as the plan has"
                    + " workers, and carries what it saw on to the whole. Units that differ only in seeds, in which classes"
                    + " they are for, in the numbers of a defense or in how long the networks were trained that they read"
                    + " cost the same. Networks that would be trained for longer are read untrained, and searches from where"
                    + " they had come: a unit that ends early where its target is good is taken for its longest. What is"
                    + " finished in the folder of runs costs nothing; nothing is written there.",
            "",
            "A plan with the place slurm gets its limits of jobs in a line to copy.",
            "",
            "Time that a unit tells nothing of is not estimated, and said so.",
            ""
        })
final class EstimateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private VariedPlan plan = new VariedPlan();

    @Override
    public Integer call() {
        Registry registry = plan.registry();
        Study study = plan.study(registry, spec, "", List.of());
        return plan.session(registry, spec)
                .with(study, engine -> estimate(study, engine))
                .code();
    }

    /** Says everything before the interruption lets the process end. */
    private Exit estimate(Study study, Session.Engine engine) {
        Estimate estimate;
        Screen screen = Screen.of(spec.commandLine().getOut(), TerminalWidth.watched());
        Estimator estimator = new Estimator(
                study,
                plan.setting(),
                engine.runs(),
                engine.trials(),
                screen,
                engine.torch().device());
        engine.interruption().watch(estimator::working);
        try {
            estimate = estimator.estimate(engine.interruption().cancelled());
        } catch (CancelledException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("Interrupted.");
            err.flush();
            return Exit.INTERRUPTED;
        } finally {
            screen.clear();
        }
        new EstimatePage(estimate).print(spec.commandLine().getOut());
        return Exit.DONE;
    }
}
