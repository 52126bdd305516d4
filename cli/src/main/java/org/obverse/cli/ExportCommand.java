package org.obverse.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.obverse.cli.export.Export;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.query.Database;
import org.obverse.cli.report.study.ControlRow;
import org.obverse.cli.report.study.FigureColumn;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.StoredStudy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        header = "Write the tables and charts of a run for papers and other programs.",
        description = {
            "",
            "Writes each table twice, as CSV with all digits (RFC 4180) and rounded as LaTeX with booktabs: the figures of"
                    + " each cell and their spread over seeds, figures per class, trainings, curves of the search, and"
                    + " queries; and each chart of the report as SVG, in the folder @|bold figures|@, with the values of those that"
                    + " metrics gave as CSV. Nothing is run."
                    + " @|bold --format parquet|@ writes each table as Parquet, too (needs DuckDB, which is built on its"
                    + " own).",
            ""
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "The name of a run, as its folder is called.")
    private String run = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write; made if it is not there, and must be empty.")
    private Path target = Path.of("");

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Override
    public Integer call() {
        Export.requireFree(target, "--to");
        List<Database> databases = format.databases();
        Registry registry = plugins.registry();
        StoredStudy stored = StoredStudy.read(runs.folder(), run, new PlanReader(registry));
        ArtifactStore artifacts = new ArtifactStore(runs.folder().resolve("objects"));
        ReportedStudy study = new Session(registry, spec, plugins)
                .look(manager -> ReportedStudy.read(stored.study(), runs.folder(), artifacts, manager));
        Export export = Export.of(study);
        export.write(target);
        databases.forEach(database -> export.write(target, database));
        PrintWriter out = spec.commandLine().getOut();
        long open = study.cells().stream().filter(cell -> !cell.isDone()).count();
        if (open > 0) {
            out.printf(
                    "Not final: %d of %d cells are not done.%n",
                    open, study.cells().size());
        }
        ControlRow.notes(study, FigureColumn.of(study)).forEach(note -> out.println(Printable.line(note)));
        out.println(Printable.line("%d tables as CSV%s, %d charts as SVG: %s"
                .formatted(
                        export.tables().size() / 2,
                        databases.isEmpty() ? " and LaTeX" : ", LaTeX and Parquet",
                        export.charts().size(),
                        target.toAbsolutePath().normalize())));
        out.flush();
        return Exit.DONE.code();
    }
}
