package org.obverse.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.obverse.cli.view.FollowedRun;
import org.obverse.cli.view.LiveView;
import org.obverse.cli.view.ViewServer;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "view",
        header = "Watch a run of another process, or look at one that is over.",
        description = {
            "",
            "Serves a page of the run to browsers on this machine, from what the run writes into its folder, until"
                    + " Ctrl-C. The page shows less than that of @|bold run --view|@: curves appear when a unit is"
                    + " finished. Nothing in the folder is changed.",
            ""
        })
final class ViewCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "The name of a run, as its folder is called.")
    private String run = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Override
    public Integer call() {
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(plugins.registry()));
        LiveView view = new LiveView(run);
        FollowedRun followed = new FollowedRun(
                stored.study(), runs.folder(), new ArtifactStore(runs.folder().resolve("objects")), view);
        followed.catchUp();
        try (ViewServer server = new ViewServer(view)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("Live view, until Ctrl-C:");
            out.println(server.address());
            out.flush();
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                followed.catchUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.INTERRUPTED.code();
        }
    }
}
