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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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

    @Parameters(paramLabel = "PLAN", description = "A plan file (YAML).")
    private Path plan = Path.of("");

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private StudyOptions options = new StudyOptions();

    @Mixin
    private ViewOption view = new ViewOption();

    @Option(names = "--dry-run", description = "Only check the plan; write and run nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (dryRun && view.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--dry-run runs nothing, so there is no run for --view");
        }
        Registry registry = plugins.registry();
        Study study = options.read(plan, registry, spec);
        Setting setting = new Setting(runs.folder(), StudyOptions.base(plan), Set.of());
        Session session = new Session(registry, spec, plugins).shown(view);
        return (dryRun ? session.check(study, setting) : session.run(study, setting)).code();
    }
}
