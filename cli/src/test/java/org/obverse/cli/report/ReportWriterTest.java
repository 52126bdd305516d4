package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunEvent;
import org.obverse.api.event.RunEvent.Outcome;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.plan.Cell;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.run.Runs;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

final class ReportWriterTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();
    private static final PlanReader READER = new PlanReader(Registry.ofClassPath());
    private static final String PLAN = """
            data: { use: synthetic-faces, identities: 2 }
            target: { classifier: { use: small-resnet }, defense: [ { use: label-smoothing, alpha: 0 } ] }
            """;
    private static final String TWO_ALPHAS = PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0] } }\n";
    private static final String SEEDS =
            PLAN + "study: { axes: { target.defense.0.alpha: [0.1, 0], seeds.training: [1, 2] } }\n";

    @TempDir
    Path runs;

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private static Study study(String plan) {
        return READER.read(plan, "plan.yaml", "sample", List.of());
    }

    private ArtifactStore store(Path folder) {
        return new ArtifactStore(folder.resolve("objects"));
    }

    private WrittenRun run(Path folder, Study study, int cell) {
        Cell chosen = study.cells().get(cell);
        return new WrittenRun(chosen, Runs.folder(folder, study, chosen), store(folder));
    }

    private String page(Path folder, Study study) throws Exception {
        return Files.readString(ReportWriter.write(study, folder, store(folder), manager));
    }

    private static Figure accuracy(double value) {
        return new Figure("Acc@1(judge)", value, Better.HIGHER, "fraction");
    }

    private static WrittenRun with(WrittenRun run, double accuracy) {
        return run.measured("metric/attack-accuracy", List.of(accuracy(accuracy)), List.of());
    }

    /** Everything that a run can leave. */
    private void whole(Path folder, Study study, int cell, float shade) {
        NDArray curve = manager.create(new float[] {4, 2, 1, 5, 3, Float.NaN}, new Shape(2, 3));
        NDArray images = manager.full(new Shape(2, 3, 3, 4, 4), shade);
        run(folder, study, cell)
                .data("2")
                .trained("target", manager.create(shade), List.of(new EpochFigures(2, 0.5), new EpochFigures(1, 1)))
                .trained(
                        "evaluation/0", manager.create(9f), List.of(new EpochFigures(3, 0.4), new EpochFigures(2, 0.6)))
                .found("optimize", Map.of("loss", curve), Map.of("logits with gradient", 6250L))
                .measured(
                        "metric/attack-accuracy",
                        List.of(accuracy(0.5 + shade / 10)),
                        List.of(new Table("per class", List.of("Acc@1"), List.of(new Row(0, List.of(0.25))))))
                .measured(
                        "metric/map",
                        List.of(new Figure("length", 3, Better.NEITHER, "steps")),
                        List.of(),
                        Map.of("map", manager.zeros(new Shape(3, 5, 6))),
                        "a map of it all")
                .gallery(manager, 2, images.neg(), images)
                .done();
    }

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void a_study_shows_everything_that_its_runs_left() throws Exception {
        Study study = study(TWO_ALPHAS);
        whole(runs, study, 0, 1);
        whole(runs, study, 1, 0.5f);
        String page = page(runs, study);
        assertEquals(
                List.of(
                        "results",
                        "reconstructions",
                        "pictures",
                        "steps",
                        "training",
                        "run",
                        "queries",
                        "classes",
                        "plan",
                        "code"),
                found("<section id=\"(\\w+)\"", page));
        assertTrue(page.contains("2 runs over alpha; all are done"));
        assertTrue(page.contains(">60.0<") && page.contains(">55.0<"), "figures in per cent");
        assertTrue(page.contains("small-resnet") && page.contains("synthetic-faces"));
        assertTrue(page.contains("6\u202f250"), "queries");
        assertTrue(page.contains("a map of it all"));
        assertFalse(page.contains("not done"));
    }

    @Test
    void the_page_is_well_formed() throws Exception {
        Study study = study(TWO_ALPHAS);
        whole(runs, study, 0, 1);
        whole(runs, study, 1, 0.5f);
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)((?: [a-zA-Z0-9-]+=\"[^\"<>]*\")*)>")
                .matcher(page(runs, study)
                        .replaceFirst("(?s)<style>.*</style>", "")
                        .replace("<!DOCTYPE html>", ""));
        StringBuilder rest = new StringBuilder();
        while (tag.find()) {
            tag.appendReplacement(rest, "");
            if (!tag.group(1).isEmpty()) {
                assertEquals(open.pop(), tag.group(2));
            } else if (!List.of("meta", "img", "input").contains(tag.group(2))) {
                open.push(tag.group(2));
            }
        }
        tag.appendTail(rest);
        assertTrue(open.isEmpty(), "open at the end: " + open);
        assertFalse(rest.toString().matches("(?s).*[<>].*"), "a bracket outside all tags");
    }

    @Test
    void the_page_refers_to_nothing_outside_itself() throws Exception {
        Study study = study(TWO_ALPHAS);
        whole(runs, study, 0, 1);
        String page = page(runs, study);
        assertFalse(found("(src)=\"data:", page).isEmpty(), "it has images");
        found("(?:src|href)=\"([^\"]*)\"", page)
                .forEach(target ->
                        assertTrue(target.startsWith("data:image/png;base64,") || target.startsWith("#"), target));
        for (String word : List.of("://", "url(", "@import", "<script", "<link", "<iframe", "srcset")) {
            assertFalse(page.contains(word), word);
        }
    }

    @Test
    void what_a_run_says_cannot_break_the_page() throws Exception {
        Study study = study(PLAN);
        String evil = "\"'><script>alert(1)</script>&amp;";
        run(runs, study, 0)
                .measured("metric/a", List.of(new Figure(evil, 1.5, Better.LOWER, evil)), List.of())
                .undefined("metric/b", evil)
                .end(List.of("gallery"), new RunEvent.Ended(Outcome.FAILED, evil));
        String page = page(runs, study);
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"));
    }

    @Test
    void equal_runs_give_equal_bytes() throws Exception {
        Study study = study(TWO_ALPHAS);
        for (String folder : List.of("a", "b")) {
            whole(runs.resolve(folder), study, 0, 1);
            whole(runs.resolve(folder), study, 1, 0.5f);
            page(runs.resolve(folder), study);
        }
        for (String file : List.of("report.html", "pictures.png")) {
            assertArrayEquals(
                    Files.readAllBytes(runs.resolve("a/sample").resolve(file)),
                    Files.readAllBytes(runs.resolve("b/sample").resolve(file)),
                    file);
        }
    }

    @Test
    void a_study_that_is_not_finished_says_so_and_shows_what_there_is() throws Exception {
        Study study = study(TWO_ALPHAS);
        with(run(runs, study, 0), 0.75).end(List.of("gallery"));
        String page = page(runs, study);
        assertTrue(page.contains("2 of 2 runs are not done"));
        assertTrue(page.contains("alpha 0.1: not finished: 1 of 2 units finished"));
        assertTrue(page.contains("alpha 0: not begun"));
        assertTrue(page.contains(">75.0<"));
        assertFalse(Files.exists(runs.resolve("sample/pictures.png")));
    }

    @Test
    void the_best_and_the_worst_of_a_column_are_marked_by_the_direction_of_the_figure() throws Exception {
        Study study = study(TWO_ALPHAS);
        for (int cell = 0; cell < 2; cell++) {
            with(run(runs, study, cell), 0.25 + cell / 2.0)
                    .measured("metric/fid", List.of(new Figure("FID", 12.5 + cell, Better.LOWER, "")), List.of())
                    .measured("metric/n", List.of(new Figure("n", 7 + cell, Better.NEITHER, "")), List.of())
                    .done();
        }
        String page = page(runs, study);
        assertEquals(
                List.of("75.0", "12.50"),
                found("<td class=\"number best\"[^>]*>([^<]*)<", page).stream()
                        .sorted(Comparator.reverseOrder())
                        .toList());
        assertEquals(
                List.of("25.0", "13.50"),
                found("<td class=\"number worst\"[^>]*>([^<]*)<", page).stream()
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void runs_that_differ_in_seeds_alone_are_summed_up() throws Exception {
        Study study = study(SEEDS);
        double[] values = {0.7, 0.8, 0.3, 0.5};
        for (int cell = 0; cell < 4; cell++) {
            with(run(runs, study, cell), values[cell]).done();
        }
        String page = page(runs, study);
        assertTrue(page.contains("75.0 ± 7.1"), "standard deviation of 70 and 80 is sqrt(50)");
        assertTrue(page.contains("40.0 ± 14.1"), "standard deviation of 30 and 50 is sqrt(200)");
        assertTrue(page.contains("over seeds.training"));
        assertEquals("""
                alpha                    0.1              0
                Acc@1(judge) ↑  75.0 ± 7.1 %  40.0 ± 14.1 %
                """, ReportWriter.summary(study, runs, store(runs), manager));
    }

    @Test
    void the_summary_has_a_line_per_figure_and_a_column_per_cell() {
        Study study = study(TWO_ALPHAS);
        with(run(runs, study, 0), 0.75).done();
        run(runs, study, 1)
                .undefined("metric/attack-accuracy", "nothing was found")
                .done();
        assertEquals("""
                alpha              0.1          0
                Acc@1(judge) ↑  75.0 %  undefined
                """, ReportWriter.summary(study, runs, store(runs), manager));
    }

    @Test
    void a_study_without_figures_has_no_summary() {
        assertEquals("", ReportWriter.summary(study(TWO_ALPHAS), runs, store(runs), manager));
    }

    @Test
    void a_network_that_runs_share_is_shown_once() throws Exception {
        Study study = study(TWO_ALPHAS);
        whole(runs, study, 0, 1);
        whole(runs, study, 1, 0.5f);
        String page = page(runs, study);
        assertEquals(
                List.of("target · alpha 0.1", "evaluation model 1 · all runs", "target · alpha 0"),
                found("<h3>([^<]* · [^<]*)</h3>", page));
    }

    @Test
    void the_strip_of_reconstructions_holds_every_class_and_result() throws Exception {
        Study study = study(PLAN);
        whole(runs, study, 0, 1);
        List<String> images = found("src=\"data:image/png;base64,([^\"]*)\"", page(runs, study));
        BufferedImage samples = decoded(images.get(0));
        BufferedImage found = decoded(images.get(1));
        assertEquals(2 * 5, found.getWidth());
        assertEquals(3 * 5, found.getHeight());
        assertEquals(0xFF000000, samples.getRGB(3, 3));
        assertEquals(0xFFFFFFFF, found.getRGB(8, 13));
        assertEquals(0, found.getRGB(4, 0), "clear between the classes");
    }

    private static BufferedImage decoded(String base64) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    @Test
    void the_contact_sheet_has_rows_of_samples_and_a_row_per_cell() throws Exception {
        Study study = study(TWO_ALPHAS);
        whole(runs, study, 0, 1);
        whole(runs, study, 1, 0.5f);
        page(runs, study);
        BufferedImage sheet = ImageIO.read(runs.resolve("sample/pictures.png").toFile());
        assertEquals(4 * 67 + 3, sheet.getHeight());
        int right = sheet.getWidth() - 4;
        assertEquals(0xFF000000, sheet.getRGB(right, 3), "the training samples are black");
        assertEquals(0xFFFFFFFF, sheet.getRGB(right, 2 * 67 + 3), "what the first cell found is white");
        assertEquals(0xFFBFBFBF, sheet.getRGB(right, 3 * 67 + 3), "what the second one found is grey");
    }

    @Test
    void what_is_no_image_is_left_out_of_the_gallery() throws Exception {
        Study study = study(PLAN);
        NDArray points = manager.zeros(new Shape(2, 3, 2));
        run(runs, study, 0).gallery(manager, 2, points, points).done();
        assertFalse(page(runs, study).contains("id=\"reconstructions\""));
        assertFalse(Files.exists(runs.resolve("sample/pictures.png")));
    }
}
