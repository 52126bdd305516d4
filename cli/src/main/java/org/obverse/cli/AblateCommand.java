package org.obverse.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "ablate",
        header = "Run a plan as a baseline, and again with one thing changed at a time.",
        description = {
            "",
            "One cell for the plan as it is, and one per swap, which differs from it in that swap alone: everything that"
                    + " the change does not reach is taken from the baseline and not computed again, so that every other"
                    + " number is the same to the last bit. The run's name is that of the plan with '-ablation' behind it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse ablate plan.yaml --swap optimize.target=negative --swap optimize.loss=cross-entropy,logit",
            "  obverse ablate plan.yaml --swap sample=stored-points --swap '~select'",
        })
final class AblateCommand implements Callable<Integer> {
    private static final String DROP = "~";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlannedRun run = new PlannedRun();

    @Option(
            names = "--swap",
            required = true,
            paramLabel = "KEY=VALUE,VALUE|~KEY",
            description = "One change per value. A key that begins with a stage (@|bold optimize.loss|@) is one of the"
                    + " attack's; a stage alone (@|bold sample=NAME|@) gets another component, with that one's own"
                    + " defaults; @|bold '~select'|@ leaves a stage out. Repeatable.")
    private List<String> swaps = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> changes = new ArrayList<>();
        for (String swap : swaps) {
            if (swap.startsWith(DROP)) {
                changes.add(DROP + VariedKey.whole(swap.substring(DROP.length()).strip()));
            } else {
                changes.addAll(VariedKey.of(swap, "--swap").swaps());
            }
        }
        String list = changes.stream()
                .map(change -> Yaml.flow(new Scalar(change, 0)))
                .collect(Collectors.joining(", ", "[", "]"));
        return run.call(spec, "-ablation", List.of("study.swaps=" + list));
    }
}
