package org.obverse.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.control.Control.Role;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.cli.compare.ComparedCell;
import org.obverse.cli.compare.MeasuredCells;
import org.obverse.cli.report.study.ReportedCell;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.engine.plan.Ground;
import org.obverse.engine.plan.Objection;
import org.obverse.engine.plan.PlanReader;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;

final class ReportWriterTest {
    private static final NDManager ROOT = TorchRuntime.start().manager();

    @TempDir
    Path runs;

    private final NDManager manager = ROOT.newSubManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private WrittenStudy study(String plan) {
        return WrittenStudy.of(plan, runs, manager);
    }

    private static WrittenRun with(WrittenRun run, double accuracy) {
        return run.measured("attack-accuracy", List.of(WrittenStudy.accuracy(accuracy)), List.of());
    }

    private static List<String> found(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** Our own and the libraries' code, which a browser is asked about in {@link ReportInBrowserTest}. */
    private static String withoutScripts(String page) {
        return page.replaceAll("(?s)<script.*?</script>", "");
    }

    @Test
    void a_study_shows_everything_that_its_runs_left() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        String page = study.page();
        assertEquals(
                List.of(
                        "verdict",
                        "results",
                        "axes",
                        "reconstructions",
                        "analyses",
                        "pictures",
                        "steps",
                        "training",
                        "run",
                        "queries",
                        "classes",
                        "again",
                        "plan",
                        "code"),
                found("<section id=\"(\\w+)\"", page));
        assertTrue(page.contains("2 runs over alpha; all are done"));
        assertTrue(page.contains(">60.0<") && page.contains(">55.0<"), "figures in per cent");
        assertTrue(page.contains("small-resnet") && page.contains("synthetic-faces"));
        assertTrue(page.contains(">6250<"), "queries, in digits that can be copied");
        assertTrue(page.contains("a map of it all"));
        assertTrue(page.contains("obverse export sample --to tables"), "where classes have all digits");
        assertFalse(page.contains("not done"));
    }

    @Test
    void the_plan_and_the_command_to_run_it_again_are_there() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        String page = study.page();
        String section = page.substring(page.indexOf("<section id=\"again\""), page.indexOf("<section id=\"plan\""));
        assertTrue(section.contains("obverse run sample.yaml --name sample --runs again"), section);
        String plan = found("(?s)<pre[^>]*>([^<]*axes[^<]*)</pre>", section)
                .get(0)
                .replace("&quot;", "\"")
                .replace("&#39;", "'");
        assertEquals(
                study.study().cells().stream()
                        .map(cell -> PlanWriter.yaml(cell.plan()))
                        .toList(),
                new PlanReader(Registry.ofClassPath())
                        .read(plan, "sample.yaml", "sample", List.of()).cells().stream()
                                .map(cell -> PlanWriter.yaml(cell.plan()))
                                .toList(),
                "it is the same plan");
    }

    @Test
    void cells_show_their_charts_of_one_name_side_by_side_on_equal_axes() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        String page = study.page();
        String section =
                page.substring(page.indexOf("<section id=\"analyses\""), page.indexOf("<section id=\"pictures\""));
        assertEquals(List.of("stability", "embedding", "distances"), found("<h3>([^<]*)</h3>", section));
        assertEquals(
                List.of("alpha 0.1 ", "alpha 0 ", "all runs ", "all runs "),
                found("<figcaption>([^<]*)</figcaption>", section),
                "what two cells have in common stands there once");
        assertEquals(
                "stability: with &lt;band&gt; from 0.1 at smoothing −0.05 to 0.6 at smoothing 0.1; without from 0.7 at smoothing"
                        + " −0.05 to 0.4 at smoothing 0.1",
                found("aria-label=\"(stability[^\"]*)\"", section).get(0));
        assertEquals(
                List.of("embedding (second over first): own 2 points; other 1 points"),
                found("aria-label=\"(embedding[^\"]*)\"", section));
        assertEquals(
                List.of("distances: near median 2; far median 6"), found("aria-label=\"(distances[^\"]*)\"", section));
        List<String> frames = found("\"y\":\"cosine\",(\"across\":\\[[^]]*],\"up\":\\[[^]]*])", page);
        assertEquals(2, frames.size());
        assertEquals(frames.get(0), frames.get(1));
    }

    @Test
    void the_page_is_well_formed() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)((?: [a-zA-Z0-9-]+=\"[^\"<>]*\")*)>")
                .matcher(withoutScripts(study.page())
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
    void every_table_begins_with_a_caption_and_every_head_says_which_cells_it_is_of() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        new Attempt("2026-11-30T22:36:00Z", 67.4, "done", 3, "obverse run plan.yaml", "2 cores").addTo(study.file("."));

        WrittenStudy intervals = WrittenStudy.of(WrittenStudy.SEEDS, runs.resolve("intervals"), manager);
        for (int cell = 0; cell < 4; cell++) {
            intervals
                    .run(cell)
                    .measured(
                            "attack-accuracy",
                            List.of(WrittenStudy.accuracy(0.5)),
                            List.of(perClass("attack accuracy(judge)", "Acc@1", 0.5)))
                    .controlled("real", Role.CEILING, "attack-accuracy", WrittenStudy.accuracy(1))
                    .done();
        }

        MeasuredCells cells = new MeasuredCells(MeasuredCells.PLAN, "study");
        ComparedCell measured = cells.cell(0, MeasuredCells.accuracy(MeasuredCells.around(0.7)));
        String extremes = new Page(new ReportedStudy(
                        "study", List.of(new ReportedCell(measured.cell(), measured.record())), "name: study"))
                .html();

        TableParts parts = new TableParts(study.page() + intervals.page() + extremes);

        assertEquals(List.of(), parts.withoutCaption());
        assertEquals(List.of(), parts.withoutScope());
        assertTrue(
                parts.captions()
                        .containsAll(List.of(
                                "Figures of each run",
                                "Figures over seeds",
                                "Figures with 95 % intervals",
                                "Classes at both ends of Acc@1(judge)",
                                "Times in which it was worked on",
                                "Images that the target was asked about",
                                "per class, by class",
                                "Plugins and the SHA-256 of their code")),
                parts.captions().toString());
    }

    @Test
    void what_a_table_shows_rounded_stands_below_it_with_all_digits_as_csv() {
        WrittenStudy study = study(WrittenStudy.SEEDS);
        double[] values = {-2.0 / 3, -0.25, 1e-7, 0.5};
        for (int cell = 0; cell < 4; cell++) {
            study.run(cell)
                    .measured("margin", List.of(new Figure("margin", values[cell], Better.LOWER, "")), List.of())
                    .done();
        }

        String page = study.page();

        assertTrue(page.contains(">−0.6667<"), page);
        List<String> texts = found("<pre tabindex=\"0\">([^<]*margin[^<]*)</pre>", page);
        assertEquals(2, texts.size());
        assertEquals(
                "alpha,training,margin\n0.1,1,-0.6666666666666666\n0.1,2,-0.25\n0,1,1.0E-7\n0,2,0.5\n", texts.get(1));
        List<String> seeds = texts.get(0).lines().toList();
        assertEquals("alpha,runs,margin mean,margin standard deviation", seeds.get(0));
        assertTrue(seeds.get(1).startsWith("0.1,2,-0.4583333333333333,"), seeds.get(1));
        assertEquals(
                (2.0 / 3 - 0.25) / Math.sqrt(2), Double.parseDouble(seeds.get(1).split(",", -1)[3]), 1e-15);
        assertFalse(texts.toString().contains("−"), "no minus that a spreadsheet cannot read");
    }

    @Test
    void the_page_refers_to_nothing_outside_itself() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        String page = study.page();
        assertFalse(found("(src)=\"data:", page).isEmpty(), "it has images");
        found("(?:src|href)=\"([^\"]*)\"", page)
                .forEach(target ->
                        assertTrue(target.startsWith("data:image/png;base64,") || target.startsWith("#"), target));
        String told = withoutScripts(page);
        for (String word : List.of("://", "url(", "@import", "<link", "<iframe", "srcset")) {
            assertFalse(told.contains(word), word);
        }
        assertEquals(
                List.of(" type=\"application/json\" id=\"charts\"", "", "", ""),
                found("<script([^>]*)>", page),
                "no other script");
    }

    @Test
    void what_a_run_says_cannot_break_the_page() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        String evil = "\"'><script>alert(1)</script>&amp;";
        study.run(0)
                .measured("a", List.of(new Figure(evil, 1.5, Better.LOWER, evil)), List.of())
                .undefined("b", evil)
                .failed("gallery", evil)
                .end(new RunFact.Ended(Outcome.FAILED, evil));
        String page = study.page();
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"));
    }

    @Test
    void equal_runs_give_equal_bytes() throws Exception {
        WrittenStudy first = WrittenStudy.of(WrittenStudy.TWO_ALPHAS, runs.resolve("a"), manager);
        WrittenStudy second = WrittenStudy.of(WrittenStudy.TWO_ALPHAS, runs.resolve("b"), manager);
        for (WrittenStudy study : List.of(first, second)) {
            study.whole(0, 1);
            study.whole(1, 0.5f);
            study.page();
        }
        for (String file : List.of("report.html", "pictures.png")) {
            assertArrayEquals(Files.readAllBytes(first.file(file)), Files.readAllBytes(second.file(file)), file);
        }
    }

    @Test
    void a_study_that_is_not_finished_says_so_and_shows_what_there_is() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        with(study.run(0), 0.75).planned("gallery").end();
        study.run(1).planned("metric").planned("gallery").end();
        String page = study.page();
        assertTrue(page.contains("2 of 2 runs are not done"));
        assertTrue(page.contains("alpha 0.1: not finished: 1 of 2 units finished"));
        assertTrue(page.contains("alpha 0: not finished: 0 of 2 units finished"));
        assertTrue(page.contains(">75.0<"));
        assertFalse(Files.exists(study.file("pictures.png")));
    }

    @Test
    void a_cell_that_is_whole_is_done_although_another_one_failed() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        with(study.run(1), 0.75).done();
        study.run(0).failed("optimize", "no room").end(new RunFact.Ended(Outcome.FAILED, "no room"));
        String page = study.page();
        assertTrue(page.contains("2 runs over alpha; 1 is done"), page);
        assertTrue(page.contains("1 of 2 runs are not done"));
        assertTrue(page.contains("alpha 0.1: failed: optimize/0: no room"));
        assertFalse(page.contains("alpha 0: "), "the other is not among them");
    }

    @Test
    void a_study_of_which_nothing_is_there_is_not_begun() throws Exception {
        String page = study(WrittenStudy.TWO_ALPHAS).page();
        assertTrue(page.contains("alpha 0.1: not begun") && page.contains("alpha 0: not begun"));
    }

    @Test
    void the_best_and_the_worst_of_a_column_are_marked_by_the_direction_of_the_figure_where_intervals_are_apart()
            throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        for (int cell = 0; cell < 2; cell++) {
            study.run(cell)
                    .measured(
                            "attack-accuracy",
                            List.of(WrittenStudy.accuracy(0.25 + cell / 2.0)),
                            List.of(perClass("attack accuracy(judge)", "Acc@1", 0.25 + cell / 2.0)))
                    .measured(
                            "feature-distance",
                            List.of(new Figure("δ(judge)", 1.3 + cell / 2.0, Better.LOWER, "")),
                            List.of(perClass("δ(judge)", "δ", 1.3 + cell / 2.0)))
                    .measured("fid", List.of(new Figure("FID", 12.5 + cell, Better.LOWER, "")), List.of())
                    .done();
        }
        String page = study.page();
        assertEquals(Set.of("75.0", "1.30"), Set.copyOf(found("<td class=\"number best\"[^>]*>([^<]*)<", page)));
        assertEquals(Set.of("25.0", "1.80"), Set.copyOf(found("<td class=\"number worst\"[^>]*>([^<]*)<", page)));
    }

    @Test
    void values_whose_intervals_overlap_are_not_marked() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        for (int cell = 0; cell < 2; cell++) {
            study.run(cell)
                    .measured(
                            "attack-accuracy",
                            List.of(WrittenStudy.accuracy(0.5 + cell / 100.0)),
                            List.of(perClass("attack accuracy(judge)", "Acc@1", 0.5 + cell / 100.0)))
                    .done();
        }
        String page = study.page();
        assertFalse(page.contains("number best") || page.contains("number worst"));
    }

    /** Twelve classes around a value. */
    private static Table perClass(String table, String column, double mean) {
        return new Table(
                table,
                List.of(column),
                IntStream.range(0, 12)
                        .mapToObj(c -> new Row(c, List.of(mean + (c - 5.5) / 100)))
                        .toList());
    }

    @Test
    void when_where_and_how_long_a_run_was_worked_on_stands_in_its_report() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.whole(0, 1);
        assertFalse(study.page().contains("id=\"attempts\""), "nobody knows");
        new Attempt("2026-11-30T22:36:00Z", 67.4, "interrupted", 3, "obverse run 'my plan.yaml'", "2 cores")
                .addTo(study.file("."));
        Files.writeString(study.file("attempts.jsonl"), "{\"began\": 7\n", StandardOpenOption.APPEND);

        String page = study.page();

        assertTrue(page.contains("<td>2026-11-30T22:36:00Z</td>") && page.contains(">1:07<"), page);
        assertTrue(page.contains("obverse run &#39;my plan.yaml&#39;"), page);
        assertTrue(page.contains("a damaged line of attempts.jsonl"), page);
        assertTrue(page.contains("Together 1:07."), page);
    }

    @Test
    void a_byte_that_is_no_text_among_the_attempts_damages_its_line_alone() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.whole(0, 1);
        Attempt attempt = new Attempt("2026-11-30T22:36:00Z", 67.4, "done", 3, "obverse run plan.yaml", "2 cores");
        attempt.addTo(study.file("."));
        Files.write(study.file("attempts.jsonl"), new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);
        attempt.addTo(study.file("."));

        String page = study.page();

        assertEquals(1, found("(a damaged line of attempts.jsonl)", page).size(), page);
        assertEquals(2, found("<td>(2026-11-30T22:36:00Z)</td>", page).size(), page);
    }

    @Test
    void runs_that_differ_in_seeds_alone_are_summed_up() throws Exception {
        WrittenStudy study = study(WrittenStudy.SEEDS);
        double[] values = {0.7, 0.8, 0.3, 0.5};
        for (int cell = 0; cell < 4; cell++) {
            with(study.run(cell), values[cell]).done();
        }
        String page = study.page();
        assertTrue(page.contains("75.0 ± 7.1"), "standard deviation of 70 and 80 is sqrt(50)");
        assertTrue(page.contains("40.0 ± 14.1"), "standard deviation of 30 and 50 is sqrt(200)");
        assertTrue(page.contains("over seeds.training"));
        assertEquals("""
                alpha                    0.1              0
                Acc@1(judge) ↑  75.0 ± 7.1 %  40.0 ± 14.1 %
                """, study.summary());
    }

    @Test
    void the_summary_has_a_line_per_figure_and_a_column_per_cell() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        with(study.run(0), 0.75).done();
        study.run(1).undefined("attack-accuracy", "nothing was found").done();
        assertEquals("""
                alpha              0.1          0
                Acc@1(judge) ↑  75.0 %  undefined
                alpha 0: attack-accuracy is undefined: nothing was found
                """, study.summary());
    }

    @Test
    void cells_that_do_not_fit_into_the_terminals_width_stand_below_the_others() {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        with(study.run(0), 0.75).done();
        study.run(1).undefined("attack-accuracy", "nothing was found").done();
        assertEquals("""
                alpha              0.1
                Acc@1(judge) ↑  75.0 %

                alpha                   0
                Acc@1(judge) ↑  undefined
                alpha 0: attack-accuracy is undefined: nothing was found
                """, study.summary(32));
        assertEquals(study.summary(), study.summary(33));
    }

    @Test
    void what_the_plan_accepts_stands_below_every_table_and_what_is_refused_says_the_way_out() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        Objection weak = new Objection(Ground.WEAK_JUDGE, "judge: 71.2 % of its own test images, less than 90 %");
        study.run(0)
                .accepted("attack-accuracy", List.of(WrittenStudy.accuracy(0.75)), weak)
                .done();
        study.run(1).refused("attack-accuracy", weak).done();

        String accepted =
                "accepted by the plan: weak-judge (judge: 71.2 % of its own test images, less than 90 %), in alpha 0.1";
        String refused =
                "alpha 0: attack-accuracy is undefined: refused as weak-judge: judge: 71.2 % of its own test images,"
                        + " less than 90 %; train it longer or on more images, or choose a stronger one, or accept it by name: accept:"
                        + " [ weak-judge ]";
        assertEquals("""
                alpha              0.1          0
                Acc@1(judge) ↑  75.0 %  undefined
                """ + refused + "\n" + accepted + "\n", study.summary());
        String page = study.page();
        assertTrue(page.contains("<p class=\"note\">" + accepted), page);
        assertTrue(page.contains("The plan accepts what is against these figures."), page);
        assertTrue(page.contains(refused), page);
    }

    @Test
    void images_in_two_parts_of_the_data_are_a_warning_with_the_first_of_their_names() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        String pairs = "training a.jpg = test <b>.jpg; training 1 = test 1; training 2 = test 2; training 3 = test 3;"
                + " training 4 = test 4; public p.jpg = training 5";
        study.run(0)
                .data("2", Map.of("duplicates", "6", "duplicate-images", pairs))
                .done();
        study.run(1).data("2").done();
        String page = study.page();

        assertTrue(page.contains("Images in two parts of the data: 6 (alpha 0.1)."), page);
        assertEquals(
                List.of(
                        "training a.jpg = test &lt;b&gt;.jpg",
                        "training 1 = test 1",
                        "training 2 = test 2",
                        "training 3 = test 3",
                        "training 4 = test 4",
                        "and others"),
                found("<li>([^<]*)</li>", page.substring(0, page.indexOf("id=\"verdict\""))));
        assertTrue(page.indexOf("Images in two parts of the data") < page.indexOf("id=\"run\""), "it comes first");
    }

    @Test
    void a_target_that_does_not_know_its_own_training_images_is_a_warning_with_how_many_it_knows() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.run(0).data("2").finished(manager.create(1f), 0.49).done();
        study.run(1).data("2").finished(manager.create(2f), 0.5).done();

        String top = banners(study.page());

        assertTrue(top.contains("A target does not know the images that it is said to be trained on."), top);
        assertEquals(List.of("target/0 of alpha 0.1: training accuracy 49.0 %"), found("<li>([^<]*)</li>", top));
        assertTrue(top.contains("say so with the target&#39;s key class-order"), top);
    }

    @Test
    void a_search_that_moved_none_of_its_candidates_is_a_warning() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.run(0)
                .data("2")
                .moved(new Curve("loss", List.of(new float[] {1}, new float[] {1})), 0)
                .done();
        study.run(1)
                .data("2")
                .moved(new Curve("loss", List.of(new float[] {2}, new float[] {1})), 0.1)
                .done();

        String top = banners(study.page());

        assertTrue(top.contains("A search moved none of its candidates."), top);
        assertEquals(List.of("optimize/0 of alpha 0.1: moved 0.0 %"), found("<li>([^<]*)</li>", top));
        assertTrue(top.contains("What it reports is what it began with."), top);
    }

    @Test
    void targets_that_know_their_images_and_searches_that_moved_are_no_warning() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        study.run(0)
                .data("2")
                .finished(manager.create(1f), 1)
                .moved(new Curve("loss", List.of(new float[] {2}, new float[] {1})), 1)
                .done();

        assertFalse(banners(study.page()).contains("banner"));
    }

    /** What stands above the first section. */
    private static String banners(String page) {
        String body = page.substring(page.indexOf("<body"));
        return body.substring(0, body.indexOf("<section"));
    }

    @Test
    void control_characters_from_files_are_shown_by_number() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.run(0)
                .data(
                        "2",
                        Map.of(
                                "duplicates",
                                "1",
                                "duplicate-images",
                                "training a\u001b[2J.jpg = test \u202eb\u0000.jpg"))
                .done();
        study.run(1).data("2").done();
        String page = study.page();

        assertTrue(page.contains("training a\\x1b[2J.jpg = test \\u202eb\\x00.jpg"), page);
        assertFalse(
                page.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t'), "a control character");
    }

    @Test
    void runs_with_the_same_duplicates_share_one_warning_and_others_have_none() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        Map<String, String> pair = Map.of("duplicates", "1", "duplicate-images", "training 1 = test 1");
        study.run(0).data("2", pair).done();
        study.run(1).data("2", pair).done();
        assertEquals(List.of("1."), found("Images in two parts of the data: ([^<]*)<", study.page()));

        study.run(0).data("2").done();
        study.run(1).data("2").done();
        assertFalse(study.page().contains("Images in two parts"));
    }

    @Test
    void a_study_without_figures_has_no_summary() {
        assertEquals("", study(WrittenStudy.TWO_ALPHAS).summary());
    }

    @Test
    void networks_of_one_run_that_fill_the_same_slot_have_numbers() throws Exception {
        WrittenStudy study = study(WrittenStudy.PLAN);
        WrittenRun run = study.run(0);
        for (String slot : List.of("target", "evaluation")) {
            for (int i = 0; i < 2; i++) {
                run.trained(slot, manager.create(i), List.of(new EpochFigures(2, 0.5)));
            }
        }
        run.done();
        assertEquals(
                List.of("target 1", "target 2", "evaluation model 1", "evaluation model 2"),
                found("<div class=\"card\"><h3>([^<]*)</h3>", study.page()));
    }

    @Test
    void a_network_that_runs_share_is_shown_once() throws Exception {
        WrittenStudy study = study(WrittenStudy.TWO_ALPHAS);
        study.whole(0, 1);
        study.whole(1, 0.5f);
        String page = study.page();
        assertEquals(
                List.of("target · alpha 0.1", "evaluation model · all runs", "target · alpha 0"),
                found("<h3>([^<]* · [^<]*)</h3>", page));
    }
}
