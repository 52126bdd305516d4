package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.compare.ClassFigure;
import org.obverse.cli.export.Export;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.torch.TorchRuntime;

/** One metric of two targets, of a study that was written without running anything. */
class SeveralTargetsTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();
    private static final String TWO = """
            data: { use: synthetic-faces, identities: 2 }
            targets:
              hard: { classifier: { use: small-resnet } }
              negative: { like: hard, defense: [ { use: label-smoothing, alpha: -0.05 } ] }
            generator: { use: stylegan2, weights: "builtin:synthetic-faces-32" }
            attack: { use: ppa, target: hard }
            metrics: [ { use: test-accuracy, target: hard }, { use: test-accuracy, target: negative } ]
            """;

    @TempDir
    private Path runs = Path.of("");

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private WrittenStudy study() {
        WrittenStudy study = WrittenStudy.of(TWO, runs, manager);
        WrittenRun run = study.run(0).data("2");
        for (double accuracy : List.of(0.9, 0.7)) {
            run.measured(
                    "test-accuracy",
                    List.of(new Figure("test accuracy", accuracy, Better.HIGHER, "fraction")),
                    List.of(new Table(
                            "test accuracy",
                            List.of("accuracy"),
                            List.of(new Row(0, List.of(accuracy)), new Row(1, List.of(accuracy))))));
        }
        run.done();
        return study;
    }

    private ReportedStudy reported(WrittenStudy study) {
        return ReportedStudy.read(study.study(), runs, study.store(), manager);
    }

    @Test
    void the_terminal_names_the_target_of_each() {
        List<String> words = study().summary(200)
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();

        assertTrue(words.contains("test accuracy of hard ↑ 90.0 %"), words::toString);
        assertTrue(words.contains("test accuracy of negative ↑ 70.0 %"), words::toString);
    }

    @Test
    void so_do_the_page_and_an_export() {
        WrittenStudy study = study();

        assertTrue(study.page().contains("test accuracy of negative"), "the page");
        assertEquals(
                "run,test accuracy of hard,test accuracy of negative",
                Export.of(reported(study))
                        .tables()
                        .getOrDefault("results.csv", "")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void so_do_figures_per_class_which_are_what_is_compared() {
        assertEquals(
                List.of("test accuracy of hard", "test accuracy of negative"),
                ClassFigure.of(reported(study()).cells().get(0).run()).values().stream()
                        .map(figure -> figure.figure().name())
                        .toList());
    }
}
