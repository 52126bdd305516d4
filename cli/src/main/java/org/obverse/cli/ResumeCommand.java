package org.obverse.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "resume",
        header = "Go on with a run that was interrupted, or that failed.",
        description = {
            "",
            "Finished units are kept, after their files were found intact; everything else is computed. The results"
                    + " are those of a run that was never interrupted.",
            ""
        })
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "The name of a run, as its folder is called.")
    private String run = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(
            names = "--accept-changed",
            paramLabel = "PLUGIN",
            description = "Keep what a plugin finished although its code changed since, for instance because it was"
                    + " mended; the manifest records both versions. @|bold engine|@ names the engine. Repeatable.")
    private Set<String> accepted = new HashSet<>();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private ViewOption view = new ViewOption();

    @Override
    public Integer call() {
        Registry registry = plugins.registry();
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(registry));
        return new Session(registry, spec, plugins)
                .on(device)
                .shown(view)
                .run(stored.study(), new Setting(runs.folder(), stored.base(), accepted))
                .code();
    }
}
