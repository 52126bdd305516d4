package org.obverse.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.obverse.cli.bench.Bench;
import org.obverse.engine.plan.Components;
import org.obverse.engine.plugin.Registry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        header = "Measure the attack's hot loop on this machine, at fixed sizes.",
        description = {
            "",
            "StyleGAN2 at 32, 64, 256 and 1024 pixels with random weights, against torchvision's ResNet-18, with one and with"
                    + " two workers: the generator alone, as far as the target sees its images, the gradient of the target"
                    + " with respect to w, the same in the formulation that was published, and one whole optimization step"
                    + " with its share of what convolutions reach in the same minutes. Then the stages of one whole attack"
                    + " at 32 pixels. Takes half an hour or more, and several GB.",
            ""
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        new Bench(new Components(Registry.ofClassPath()), spec.commandLine().getOut()).run();
        return Exit.DONE.code();
    }
}
