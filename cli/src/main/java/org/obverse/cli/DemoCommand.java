package org.obverse.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        header = "Run the demonstration: nine targets, eighteen attacks, a report.",
        description = {
            "",
            "Trains a small classifier with positive, no and negative label smoothing, three times each, attacks each with"
                    + " Plug & Play Attacks under the Poincaré loss and under cross-entropy, scores what leaked and shows"
                    + " it. Takes some fifteen minutes on two cores. The plan is cli/plans/demo.yaml.",
            ""
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private StudyOptions options = new StudyOptions();

    @Mixin
    private ViewOption view = new ViewOption();

    @Override
    public Integer call() {
        Registry registry = plugins.registry();
        Path plan = Home.plans().resolve("demo.yaml");
        Study study = options.read(plan, registry, spec);
        return new Session(registry, spec, plugins)
                .shown(view)
                .run(study, new Setting(runs.folder(), StudyOptions.base(plan), Set.of()))
                .code();
    }
}
