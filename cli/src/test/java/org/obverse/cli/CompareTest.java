package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of four cells of the smallest plan, and two runs that differ from it in what a comparison needs to be equal. */
final class CompareTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path runs = Path.of("");

    @BeforeAll
    static void run_a_study() {
        runs = folder.resolve("runs");
        Path plan = Invocation.tinyPlan(folder);
        run(
                plan,
                "study",
                "study={axes: {attack.stages.optimize.loss: [poincare, cross-entropy], seeds.attack: [1, 2]}}");
        run(plan, "judged", "seeds.evaluation=2");
    }

    private static void run(Path plan, String name, String override) {
        Invocation run = Invocation.of("run", plan, "--runs", runs, "--name", name, "-o", override);
        assertEquals(0, run.code(), run.err());
    }

    private static Invocation compare(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "compare";
        all[1] = "--runs";
        all[2] = runs;
        System.arraycopy(words, 0, all, 3, words.length);
        return Invocation.of(all);
    }

    @Test
    void the_cells_of_a_study_are_compared_with_the_first_over_their_seeds() {
        Invocation found = compare("study");

        assertEquals(0, found.code(), found.err());
        assertTrue(
                found.out().startsWith("'study/loss=cross-entropy' against the baseline 'study/loss=poincare'"),
                found.out());
        assertTrue(found.out().contains("Over 2 seeds, the same on both sides."), found.out());
        assertTrue(found.out().contains("the attacks began from the same points."), found.out());
        assertTrue(
                found.out().lines().anyMatch(line -> line.startsWith("confidence(small-inception) ↑ ")), found.out());
        assertEquals(found.out(), compare("study").out());
    }

    @Test
    void a_cell_that_is_named_first_is_the_baseline_of_the_rest() {
        Invocation found = compare("study/loss=cross-entropy,attack=2", "study/loss=poincare,attack=2", "--json");

        assertEquals(0, found.code(), found.err());
        assertTrue(found.out().startsWith("{"), found.out());
        assertTrue(found.out().contains("\"baseline\" : \"study/loss=cross-entropy,attack=2\""), found.out());
        assertTrue(found.out().contains("\"subject\" : \"attack\""), found.out());
    }

    @Test
    void a_comparison_is_written_as_a_page_and_as_tables() throws IOException {
        Path page = folder.resolve("comparison.html");
        Path tables = folder.resolve("comparison");
        Invocation found = compare("study", "--report", page, "--to", tables);

        assertEquals(0, found.code(), found.err());
        assertEquals(compare("study").out(), found.out(), "what is printed stays");
        String html = Files.readString(page);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.contains("<h2>study/loss=cross-entropy</h2>"), html);
        assertTrue(html.contains("obverse compare &#39;study&#39;"), html);
        assertFalse(html.contains("<script") || html.contains("src=") || html.contains("://"), html);
        found.out()
                .lines()
                .filter(line ->
                        line.startsWith("Nothing can be concluded") || line.contains("nothing can be concluded"))
                .forEach(line -> assertTrue(html.contains(line.replace("'", "&#39;")), line));
        List<String> csv = Files.readAllLines(tables.resolve("comparison.csv"));
        assertTrue(csv.get(0).startsWith("baseline cell,cell,figure,unit,better,identities,"), csv.get(0));
        assertTrue(csv.get(1).startsWith("study/loss=poincare,study/loss=cross-entropy,"), csv.get(1));
        String unquoted = csv.get(1).replaceAll("\"[^\"]*\"", "");
        assertEquals(csv.get(0).split(",", -1).length, unquoted.split(",", -1).length);
        String json = compare("study", "--json").out();
        for (String number : csv.get(1).split(",", -1)) {
            if (number.matches("-?0\\.\\d{6,}")) {
                assertTrue(json.contains(number), number);
            }
        }
        List<String> latex = Files.readAllLines(tables.resolve("comparison.tex"));
        assertEquals(
                csv.size() - 1,
                latex.stream()
                        .filter(line -> line.startsWith("study/loss=cross-entropy & "))
                        .count());
    }

    @Test
    void a_folder_for_the_tables_that_holds_anything_is_left_as_it_is() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");

        Invocation refused = compare("study", "--to", full);
        Invocation lost = compare("study", "--report", folder.resolve("nowhere/page.html"));

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--to " + full + ": the folder is not empty"), refused.err());
        assertEquals(2, lost.code());
        assertTrue(lost.err().contains("--report: there is no folder"), lost.err());
    }

    @Test
    void a_format_of_tables_needs_a_folder_for_them_and_a_database() {
        Invocation nowhere = compare("study", "--format", "parquet");
        Invocation refused = compare("study", "--to", folder.resolve("parquet"), "--format", "parquet");

        assertEquals(2, nowhere.code());
        assertTrue(
                nowhere.err().contains("--format: there is no folder to write tables into; add --to DIR"),
                nowhere.err());
        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("needs DuckDB, which does not come with the command"), refused.err());
    }

    @Test
    void a_run_or_cell_that_does_not_exist_is_refused_with_those_that_do() {
        Invocation refused = compare("stduy", "study/loss=poincare");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("there is no run 'stduy'; did you mean 'study'?"), refused.err());
        assertTrue(refused.err().contains("the run 'study' has no cell 'loss=poincare'; its cells: "), refused.err());
    }

    @Test
    void cells_that_other_judges_judged_are_refused() {
        Invocation refused = compare("study/loss=poincare,attack=1", "judged");

        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("judged: it cannot be compared with 'study/loss=poincare,attack=1', because"),
                refused.err());
        assertTrue(refused.err().contains("other judges judged them"), refused.err());
    }

    @Test
    void one_cell_alone_is_refused() {
        Invocation refused = compare("judged");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("there is one setting only, 'judged'"), refused.err());
    }
}
