package org.obverse.cli;

import ai.djl.ndarray.NDManager;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.obverse.api.event.RunFact;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.cli.progress.Printable;
import org.obverse.cli.progress.Screen;
import org.obverse.cli.query.Answer;
import org.obverse.cli.query.AnswerPage;
import org.obverse.cli.query.Database;
import org.obverse.cli.query.Relation;
import org.obverse.cli.query.RunTables;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.study.StoredStudy;
import org.obverse.engine.study.StudyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "query",
        header = "Ask all runs of a folder in SQL (needs DuckDB, which is built on its own).",
        description = {
            "",
            "The tables are @|bold metrics|@ (run, cell, a column per axis, metric, figure, value, unit, better),"
                    + " @|bold controls|@ (the same of what is judged beside an attack, behind control and role),"
                    + " @|bold classes|@ (the same per class: metric, class, name, figure, value), @|bold curves|@ (stage,"
                    + " curve, step, mean, lower, upper) and @|bold facts|@ (run, number, fact, unit, slot, artifact,"
                    + " reason). They are read for each call into memory; a query reads and writes nothing else.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  obverse query \"SELECT run, cell, value FROM metrics WHERE figure LIKE 'Acc@1%%'\"",
            "  obverse query \"SELECT slot, count(*) FROM facts WHERE fact = 'reused' GROUP BY slot\"",
        })
final class QueryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SQL", description = "A statement in DuckDB's SQL.")
    private String sql = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Option(names = "--json", description = "Print the rows as JSON, with all digits.")
    private boolean json;

    @Override
    public Integer call() {
        Database database = Database.find("obverse query");
        Registry registry = plugins.registry();
        print(database.query(new Session(registry, spec, plugins).look(manager -> tables(registry, manager)), sql));
        return Exit.DONE.code();
    }

    /** Of all runs that can be read. */
    private List<Relation> tables(Registry registry, NDManager manager) {
        List<ReportedStudy> studies = new ArrayList<>();
        Map<String, List<RunFact>> facts = new LinkedHashMap<>();
        PlanReader reader = new PlanReader(registry);
        ArtifactStore artifacts = new ArtifactStore(runs.folder().resolve("objects"));
        for (StudyFolder folder : StudyFolder.all(runs.folder())) {
            String name = String.valueOf(folder.path().getFileName());
            try {
                Study study = StoredStudy.read(runs.folder(), name, reader).study();
                List<RunFact> told = Journal.read(folder.events()).facts();
                studies.add(ReportedStudy.read(study, runs.folder(), artifacts, manager)
                        .withoutPictures());
                facts.put(name, told);
            } catch (InvalidConfigurationException e) {
                spec.commandLine()
                        .getErr()
                        .println(Printable.line("obverse: left out run '" + name + "': "
                                + e.problems().get(0)));
            }
        }
        return RunTables.of(studies, facts);
    }

    private void print(Answer answer) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(answer.plain(), out);
        } else {
            out.print(new AnswerPage(answer, Screen.columns()).text());
        }
        out.flush();
        spec.commandLine().getErr().flush();
    }
}
