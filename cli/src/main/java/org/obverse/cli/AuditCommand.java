package org.obverse.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.audit.AuditPlan;
import org.obverse.cli.audit.Budget;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.report.ReportWriter;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        header = "Say what a target gives away, and whether its defense can be believed.",
        description = {
            "",
            "A plan of your own model is enough: data, target, a judge that you trust, and a generator (that of the"
                    + " synthetic faces goes without saying). It is attacked with gradients, from scores, from labels alone,"
                    + " by surrogates that learned its scores of public images, and by what is adapted to its defense;"
                    + " without that defense, too. What its key @|bold access|@ does not grant is not tried, and said.",
            "",
            "The run's name is that of the plan with '-audit' behind it; resume, compare and export take it like any other.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse audit target.yaml",
            "  obverse audit plan.yaml --target negative --budget paper --report audit.html",
            "  obverse audit target.yaml --axis seeds.training=1,2,3 --dry-run",
        })
final class AuditCommand implements Callable<Integer>, PlannedRun.Composition {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlannedRun run = new PlannedRun();

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Which of the plan's targets (default: its only one).")
    private List<String> target = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "small|paper",
            description =
                    "How long attacks search: @|bold small|@ (minutes on small pictures) or @|bold paper|@ (as they"
                            + " were published, and every adapted loss there is). Default: small.")
    private Budget budget = Budget.SMALL;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what it found as one HTML page that needs no other file, too.")
    private List<Path> report = new ArrayList<>();

    @Override
    public Integer call() {
        report.forEach(file -> Destination.require(file, "--report"));
        return run.call(spec, "-audit", List.of(), this);
    }

    @Override
    public Study of(Study planned, Registry registry, AuditPlan.Rehearsal rehearsal) {
        AuditPlan plan = AuditPlan.of(planned, target, budget, registry, rehearsal);
        PrintWriter err = spec.commandLine().getErr();
        plan.remarks().forEach(remark -> err.println(Printable.line("obverse: " + remark)));
        err.flush();
        return plan.study();
    }

    @Override
    public void ended(Study study, Setting setting, Session session) {
        report.forEach(file -> session.look(
                manager -> write(file, ReportWriter.defensePage(study, setting.runs(), setting.artifacts(), manager))));
    }

    private static Path write(Path file, String page) {
        try {
            ArtifactStore.writeWhole(file.toAbsolutePath(), page.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
