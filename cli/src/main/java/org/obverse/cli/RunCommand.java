package org.obverse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        header = "Run a plan: train, attack, score, report.",
        description = {
            "",
            "The whole plan is checked first; problems are shown all at once, and nothing is written. A run of the same"
                    + " name and plan that was interrupted goes on where it stopped. Units that another run in the same"
                    + " folder has finished with equal inputs are not computed again.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlannedRun run = new PlannedRun();

    @Override
    public Integer call() {
        return run.call(spec);
    }
}
