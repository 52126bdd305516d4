package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.export.Export;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.torch.TorchRuntime;
import org.w3c.dom.Document;

/** What an export takes from a study that was written without running anything. */
final class ExportTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();

    @TempDir
    private Path runs = Path.of("");

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private WrittenStudy study(String plan) {
        return WrittenStudy.of(plan, runs, manager);
    }

    private Export export(WrittenStudy study) {
        return Export.of(ReportedStudy.read(study.study(), runs, study.store(), manager));
    }

    private static List<String> csv(Export export, String name) {
        return export.tables().getOrDefault(name + ".csv", "").lines().toList();
    }

    @Test
    void every_table_of_a_study_is_there_twice() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);

        Export export = export(study);

        assertEquals(
                List.of(
                        "results.csv",
                        "results.tex",
                        "per-class-attack-accuracy-per-class.csv",
                        "per-class-attack-accuracy-per-class.tex",
                        "trainings.csv",
                        "trainings.tex",
                        "curves.csv",
                        "curves.tex",
                        "queries.csv",
                        "queries.tex"),
                List.copyOf(export.tables().keySet()));
        assertEquals(
                List.of(
                        "alpha,Acc@1(judge),length,ratio",
                        "0.1," + (0.5 + 1f / 10) + ",3,3",
                        "0," + (0.5 + 0.5f / 10) + ",3,2.5"),
                csv(export, "results"));
        assertEquals(
                List.of("alpha,class,class name,Acc@1", "0.1,0,0,0.25", "0,0,0,0.25"),
                csv(export, "per-class-attack-accuracy-per-class"));
        assertTrue(
                csv(export, "trainings").contains("evaluation,all runs,2,2,0.6"),
                csv(export, "trainings").toString());
        assertEquals(
                List.of(
                        "alpha,stage,curve,step,mean,lower quartile,upper quartile",
                        "0.1,optimize,loss,1,4.5,4.25,4.75"),
                csv(export, "curves").subList(0, 2));
        assertEquals(
                "0.1,optimize,logits with gradient,6250", csv(export, "queries").get(1));
        assertTrue(
                export.tables()
                        .getOrDefault("results.tex", "")
                        .contains("alpha & Acc@1(judge) (\\%) & length & ratio \\\\\n"),
                export.tables().toString());
    }

    @Test
    void figures_have_the_digits_that_were_measured() {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.run(0)
                .measured("attack-accuracy", List.of(WrittenStudy.accuracy(1 / 3.0)), List.of())
                .done();

        Export export = export(study);

        assertEquals(List.of("run,Acc@1(judge)", "sample,0.3333333333333333"), csv(export, "results"));
        assertTrue(export.tables().getOrDefault("results.tex", "").contains("sample & 33.3 \\\\"));
    }

    @Test
    void runs_that_differ_in_seeds_alone_have_a_table_of_means() {
        WrittenStudy study = study(WrittenStudy.SEEDS);
        List<Double> found = List.of(0.5, 0.7, 0.2, 0.2);
        for (int i = 0; i < 4; i++) {
            study.run(i)
                    .measured("attack-accuracy", List.of(WrittenStudy.accuracy(found.get(i))), List.of())
                    .done();
        }

        List<String> means = csv(export(study), "results-over-seeds");

        assertEquals("alpha,runs,Acc@1(judge) mean,Acc@1(judge) standard deviation", means.get(0));
        String[] first = means.get(1).split(",", -1);
        assertEquals(List.of("0.1", "2"), List.of(first).subList(0, 2));
        assertEquals(0.6, Double.parseDouble(first[2]), 1e-15);
        assertEquals(Math.sqrt(0.02), Double.parseDouble(first[3]), 1e-15);
        assertEquals("0,2,0.2,0", means.get(2));
    }

    @Test
    void names_of_classes_come_through_and_a_hostile_table_name_stays_in_the_folder() {
        WrittenStudy study = study(WrittenStudy.PLAN);
        Table table =
                new Table("../../evil/", List.of("a,b"), List.of(new Row(0, List.of(1.0)), new Row(1, List.of(2.0))));
        study.run(0)
                .data("2", Map.of("class-names", "[\"O'Neil, \\\"Zed\\\"\", \"50 % [x]\"]"))
                .measured("m", List.of(WrittenStudy.accuracy(1)), List.of(table))
                .done();

        Export export = export(study);

        assertEquals(
                List.of("run,class,class name,\"a,b\"", "sample,0,\"O'Neil, \"\"Zed\"\"\",1", "sample,1,50 % [x],2"),
                csv(export, "per-class-m-..-..-evil"));
        assertTrue(export.tables()
                .getOrDefault("per-class-m-..-..-evil.tex", "")
                .contains("sample & 1 & 50 \\% {[}x{]} & 2 \\\\"));
        assertFalse(export.tables().keySet().stream().anyMatch(name -> name.contains("/")));
    }

    @Test
    void charts_are_whole_files_that_refer_to_no_other() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);

        Map<String, String> charts = export(study).charts();

        assertEquals(
                Set.of(
                        "alpha=0.1-optimize-loss.svg",
                        "alpha=0-optimize-loss.svg",
                        "training-target-alpha-0.1-loss.svg",
                        "training-target-alpha-0.1-accuracy.svg",
                        "training-target-alpha-0-loss.svg",
                        "training-target-alpha-0-accuracy.svg",
                        "training-evaluation-all-runs-loss.svg",
                        "training-evaluation-all-runs-accuracy.svg",
                        "Acc-1-judge-over-alpha.svg",
                        "length-over-alpha.svg",
                        "ratio-over-alpha.svg",
                        "geometry-stability-alpha-0.1.svg",
                        "geometry-stability-alpha-0.svg",
                        "geometry-embedding-all-runs.svg",
                        "geometry-distances-all-runs.svg"),
                charts.keySet());
        charts.forEach((name, svg) -> {
            Document read = assertDoesNotThrow(
                    () -> {
                        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                        factory.setNamespaceAware(true);
                        return factory.newDocumentBuilder()
                                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
                    },
                    name);
            assertEquals("http://www.w3.org/2000/svg", read.getDocumentElement().getNamespaceURI());
            assertEquals(1, read.getElementsByTagName("style").getLength());
            assertFalse(svg.contains("var(") || svg.contains("url(") || svg.contains("href"), svg);
        });
    }

    @Test
    void charts_of_metrics_are_drawn_by_their_kind_and_their_values_are_there_with_all_digits() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);

        Export export = export(study);

        String line = export.charts().getOrDefault("geometry-stability-alpha-0.1.svg", "");
        assertEquals(1, count("<path class=\"band series-1\"", line), "only the first series has a band");
        assertEquals(1, count("<path class=\"mean series-1\"", line));
        assertEquals(1, count("<path class=\"mean series-2\"", line));
        assertTrue(line.contains(">with &lt;band&gt;</text>"), line);
        String points = export.charts().getOrDefault("geometry-embedding-all-runs.svg", "");
        assertEquals(2, count("<circle class=\"point series-1\"", points));
        assertEquals(1, count("<circle class=\"point series-2\"", points));
        String violins = export.charts().getOrDefault("geometry-distances-all-runs.svg", "");
        assertEquals(1, count("<path class=\"band series-2\"", violins));
        assertEquals(1, count("<line [^>]*class=\"range series-2\"", violins));
        assertEquals(
                Set.of("geometry-stability.csv", "geometry-embedding.csv", "geometry-distances.csv"),
                export.values().keySet());
        assertEquals(
                List.of(
                        "alpha,series,smoothing,cosine,low,high",
                        "0.1,with <band>,-0.05,0.1,0,0.2",
                        "0.1,with <band>,0,0.4,0.3,0.5"),
                export.values()
                        .getOrDefault("geometry-stability.csv", "")
                        .lines()
                        .limit(3)
                        .toList());
        assertTrue(export.values().getOrDefault("geometry-stability.csv", "").contains("0,without,0.1,0.4,,"));
        assertEquals(
                "alpha,series,distance",
                export.values()
                        .getOrDefault("geometry-distances.csv", "")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    @Test
    void what_the_plan_accepts_is_in_every_table() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.run(0)
                .accepted(
                        "attack-accuracy",
                        List.of(WrittenStudy.accuracy(0.75)),
                        new Objection(Ground.WEAK_JUDGE, "judge: 71.2 % of its own test images, less than 90 %"))
                .done();
        String note =
                "accepted by the plan: weak-judge (judge: 71.2 % of its own test images, less than 90 %), in alpha 0.1";

        Export export = export(study);

        assertTrue(csv(export, "results").get(0).endsWith(",notes"), csv(export, "results")::toString);
        assertTrue(csv(export, "results").get(1).endsWith(",\"" + note + "\""), csv(export, "results")::toString);
        String latex = String.valueOf(export.tables().get("results.tex"));
        assertTrue(
                latex.contains("\\bottomrule\n\\multicolumn{")
                        && latex.contains(
                                "}{p{\\linewidth}}{\\footnotesize accepted by the plan: weak-judge (judge: 71.2 \\%"),
                latex);
    }

    @Test
    void what_is_not_done_says_so_and_what_is_undefined_says_why() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.run(0)
                .measured("attack-accuracy", List.of(WrittenStudy.accuracy(0.5)), List.of())
                .undefined("fid", "too few, sadly")
                .done();
        study.run(1).planned("target").end(new RunFact.Ended(Outcome.INTERRUPTED, ""));

        Export export = export(study);

        assertEquals("alpha,state,Acc@1(judge),fid", csv(export, "results").get(0));
        assertEquals("0.1,done,0.5,", csv(export, "results").get(1));
        assertEquals(
                "0,interrupted: 0 of 1 units finished,,", csv(export, "results").get(2));
        assertEquals("0.1,fid,\"too few, sadly\"", csv(export, "undefined").get(1));
    }
}
