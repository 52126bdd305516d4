package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.cli.export.Export;
import org.obverse.cli.panel.AttackedCell;
import org.obverse.cli.panel.PanelFolder;
import org.obverse.cli.panel.Panels;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.study.Setting;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "panels",
        header = "Draw pictures by which people or multimodal models judge a run.",
        description = {
            "",
            "Every reconstruction of the run becomes one PNG: it alone under A, and under B four random private images of the"
                    + " person that was attacked. Mixed in, in random order and unmarked, are panels that show what the judge"
                    + " is worth: A is another image of that person, or an image of somebody else. What each panel shows is in"
                    + " @|bold key.csv|@, which is not for those who judge; @|bold questions.txt|@ says what to ask. What the"
                    + " answers say, @|bold obverse judge|@ works out.",
            "",
            "The folder holds private images. Panels of real people leave this machine only by your hand: nothing is sent"
                    + " anywhere.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse panels demo --to panels",
            "  obverse panels demo --cell alpha=0,loss=poincare --to panels"
        })
final class PanelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "The name of a finished run, as its folder is called.")
    private String run = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write; made if it is not there, and must be empty.")
    private Path target = Path.of("");

    @Option(
            names = "--cell",
            paramLabel = "NAME",
            description = "Only this cell of the run, as its file in @|bold cells|@ is called. Repeatable.")
    private List<String> cells = new ArrayList<>();

    @Option(
            names = "--controls",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Controls of either kind per class (default: ${DEFAULT-VALUE}); fewer where the data have fewer"
                            + " images.")
    private int controls;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the choice of images and the order of panels (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Override
    public Integer call() {
        Export.requireFree(target, "--to");
        if (controls < 1) {
            throw new InvalidConfigurationException(new Problem(
                    "--controls",
                    "is " + controls + ", and without controls nothing is known of a judge",
                    "name 1 or more"));
        }
        Registry registry = plugins.registry();
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(registry));
        List<AttackedCell> chosen = AttackedCell.of(stored.study(), runs.folder(), cells);
        return new Session(registry, spec, plugins)
                .on(device)
                .with(stored.study(), engine -> draw(stored, chosen, engine))
                .code();
    }

    private Exit draw(StoredStudy stored, List<AttackedCell> chosen, Session.Engine engine) {
        RandomStream random = CounterStream.of(seed).child("panels");
        try (PanelFolder folder = PanelFolder.of(target)) {
            Panels panels = new Panels(folder, random, controls);
            Iterator<AttackedCell> next = chosen.iterator();
            engine.attacks()
                    .lend(
                            stored.study(),
                            new Setting(runs.folder(), stored.base(), Set.of()),
                            chosen.stream().map(AttackedCell::cell).toList(),
                            engine.interruption().cancelled(),
                            attack -> panels.add(next.next(), attack));
            int count = folder.finish(run, random);
            tell(count, panels.notes());
            return Exit.DONE;
        } catch (CancelledException e) {
            spec.commandLine().getErr().println("Interrupted. Nothing was written.");
            spec.commandLine().getErr().flush();
            return Exit.INTERRUPTED;
        }
    }

    private void tell(int count, List<String> notes) {
        PrintWriter out = spec.commandLine().getOut();
        notes.forEach(note -> out.println(Printable.line(note)));
        out.println(Printable.line(count + " panels: " + target.toAbsolutePath().normalize()));
        out.println("They show private images: what may be done with them is in README.txt there.");
        out.flush();
    }
}
