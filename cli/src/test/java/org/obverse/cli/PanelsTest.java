package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact;
import org.obverse.api.random.RandomStream;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Sha256;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.record.ClassPictures;
import org.obverse.engine.record.Raster;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.study.StudyFolder;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.torch.TorchSettings;

/** Panels of the smallest plan: four people with eight private images each, one reconstruction of each. */
final class PanelsTest {
    private static final int SIDE = 192;
    private static final int TOP = 48;
    private static final int RIGHT = 8 + SIDE + 48;

    @TempDir
    private static Path folder = Path.of("");

    private static Path runs = Path.of("");
    private static Path panels = Path.of("");
    private static List<String> names = List.of();

    @BeforeAll
    static void run_two_plans_and_draw_the_panels_of_one() throws IOException {
        runs = folder.resolve("runs");
        panels = folder.resolve("panels");
        Invocation run = Invocation.of("run", Invocation.tinyPlan(folder), "--runs", runs);
        assertEquals(0, run.code(), run.err());
        Path unattacked = folder.resolve("unattacked.yaml");
        Files.writeString(
                unattacked,
                Files.readString(Invocation.tinyPlan(folder))
                        .replaceFirst("(?s)evaluation:.*execution:", "execution:"));
        Invocation trained = Invocation.of("run", unattacked, "--runs", runs, "--name", "trained");
        assertEquals(0, trained.code(), trained.err());
        Invocation drawn = draw("tiny", panels, "--controls", 3);
        assertEquals(0, drawn.code(), drawn.err());
        assertTrue(drawn.out().contains("28 panels: " + panels), drawn.out());
        RunRecord record = record("tiny");
        names = IntStream.range(0, 4).mapToObj(record::className).toList();
    }

    private static Invocation draw(String run, Path to, Object... words) {
        List<Object> all = new ArrayList<>(List.of("panels", run, "--runs", runs, "--to", to));
        all.addAll(List.of(words));
        return Invocation.of(all.toArray());
    }

    private static Invocation judge(String run, Path answers, Object... words) {
        List<Object> all = new ArrayList<>(List.of("judge", run, answers, "--runs", runs));
        all.addAll(List.of(words));
        return Invocation.of(all.toArray());
    }

    private static List<Map<String, String>> key(Path place) throws IOException {
        List<String> lines = Files.readAllLines(place.resolve("key.csv"));
        List<String> columns = List.of(lines.get(0).split(",", -1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> fields = List.of(line.split(",", -1));
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), fields.get(i).replace("\"", ""));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String at(Map<String, String> row, String column) {
        return row.getOrDefault(column, "no column " + column);
    }

    private static Set<String> files(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static BufferedImage picture(Path place, Map<String, String> row) throws IOException {
        return ImageIO.read(place.resolve("panels").resolve(at(row, "panel")).toFile());
    }

    /** One of the pictures of a panel, pixel by pixel as it was before it was enlarged. */
    private static List<Integer> tile(BufferedImage panel, int left, int top) {
        List<Integer> pixels = new ArrayList<>();
        for (int y = 3; y < SIDE; y += 6) {
            for (int x = 3; x < SIDE; x += 6) {
                pixels.add(panel.getRGB(left + x, top + y) & 0xFFFFFF);
            }
        }
        return pixels;
    }

    private static List<Integer> a(BufferedImage panel) {
        return tile(panel, 8, TOP);
    }

    private static List<List<Integer>> b(BufferedImage panel) {
        return List.of(
                tile(panel, RIGHT, TOP),
                tile(panel, RIGHT + SIDE + 8, TOP),
                tile(panel, RIGHT, TOP + SIDE + 8),
                tile(panel, RIGHT + SIDE + 8, TOP + SIDE + 8));
    }

    private static List<Integer> pixels(Raster raster) {
        List<Integer> pixels = new ArrayList<>();
        for (int y = 0; y < raster.height(); y++) {
            for (int x = 0; x < raster.width(); x++) {
                pixels.add(raster.rgb(x, y));
            }
        }
        return pixels;
    }

    private static RunRecord record(String run) {
        try (TorchRuntime torch = TorchRuntime.start(new TorchSettings("cpu", 1))) {
            return RunRecord.of(StudyFolder.of(runs, run), new ArtifactStore(runs.resolve("objects")), torch.manager())
                    .apply(run);
        }
    }

    /** Writes an answer for every panel: a perfect judge, who sees nobody in a reconstruction. */
    private static Path answers(Path file) throws IOException {
        StringBuilder text = new StringBuilder("panel,answer\n");
        for (Map<String, String> row : key(panels)) {
            text.append(at(row, "panel")).append(at(row, "kind").equals("positive") ? ",yes\n" : ",no\n");
        }
        return Files.writeString(file, text);
    }

    @Test
    void every_reconstruction_and_both_kinds_of_controls_are_there_and_unmarked() throws IOException {
        List<Map<String, String>> key = key(panels);

        assertEquals(Set.of("README.txt", "questions.txt", "key.csv", "panels"), files(panels));
        assertEquals(
                Map.of("reconstruction", 4L, "positive", 12L, "negative", 12L),
                key.stream().collect(Collectors.groupingBy(row -> at(row, "kind"), Collectors.counting())));
        assertEquals(
                key.stream().map(row -> at(row, "panel")).collect(Collectors.toCollection(TreeSet::new)),
                files(panels.resolve("panels")));
        Set<Object> shapes = new HashSet<>();
        for (Map<String, String> row : key) {
            BufferedImage picture = picture(panels, row);
            Path file = panels.resolve("panels").resolve(at(row, "panel"));
            shapes.add(List.of(picture.getWidth(), picture.getHeight(), Files.getLastModifiedTime(file)));
            assertEquals(at(row, "sha256"), Sha256.of(file));
        }
        assertEquals(1, shapes.size(), "nothing tells a control from a reconstruction");
        List<String> kinds = key.stream().map(row -> at(row, "kind")).toList();
        assertNotEquals(kinds.stream().sorted().toList(), kinds);
        assertNotEquals(
                key.stream().map(row -> at(row, "class")).sorted().toList(),
                key.stream().map(row -> at(row, "class")).toList());
    }

    @Test
    void a_panel_shows_what_its_key_says() throws IOException {
        RunRecord record = record("tiny");
        Map<String, ClassPictures> gallery =
                record.gallery().stream().collect(Collectors.toMap(of -> record.className(of.targetClass()), of -> of));
        Map<String, List<Integer>> seen = new HashMap<>();
        for (Map<String, String> row : key(panels)) {
            BufferedImage panel = picture(panels, row);
            String[] beside = at(row, "beside").split(" ", -1);
            assertEquals(4, Set.of(beside).size());
            for (int i = 0; i < beside.length; i++) {
                List<Integer> tile = b(panel).get(i);
                assertEquals(seen.computeIfAbsent(beside[i], key -> tile), tile, "one number is one image");
                assertEquals(at(row, "class"), person(beside[i]));
            }
            switch (at(row, "kind")) {
                case "reconstruction" ->
                    assertEquals(
                            pixels(Objects.requireNonNull(gallery.get(at(row, "class")))
                                    .reconstructions()
                                    .get(Integer.parseInt(at(row, "candidate")))),
                            a(panel));
                case "positive" -> {
                    assertEquals(at(row, "class"), person(at(row, "image")));
                    assertFalse(b(panel).contains(a(panel)));
                }
                default -> assertNotEquals(at(row, "class"), person(at(row, "image")));
            }
            if (!at(row, "image").isEmpty()) {
                assertEquals(seen.computeIfAbsent(at(row, "image"), key -> a(panel)), a(panel));
            }
        }
    }

    /** The pool of the synthetic faces has eight images of each person in a row. */
    private static String person(String image) {
        return names.get(Integer.parseInt(image) / 8);
    }

    @Test
    void the_key_has_a_models_opinion_which_is_that_of_attack_accuracy() throws IOException {
        double measured = Journal.read(runs.resolve("tiny/events.jsonl")).facts().stream()
                .filter(RunFact.Completed.class::isInstance)
                .map(fact -> ((RunFact.Completed) fact).summary().figures())
                .filter(figures -> figures.containsKey("Acc@1(small-inception)"))
                .mapToDouble(figures -> figures.getOrDefault("Acc@1(small-inception)", Double.NaN))
                .findFirst()
                .orElseThrow();

        long right = key(panels).stream()
                .filter(row -> at(row, "right(small-inception)").equals("yes"))
                .count();

        assertEquals(measured, right / 4.0);
    }

    @Test
    void the_same_seed_draws_the_same_panels_and_another_seed_others() throws IOException {
        Path again = folder.resolve("again");
        Path other = folder.resolve("other");
        assertEquals(0, draw("tiny", again, "--controls", 3).code());
        assertEquals(0, draw("tiny", other, "--controls", 3, "--seed", 1).code());

        assertEquals(Files.readString(panels.resolve("key.csv")), Files.readString(again.resolve("key.csv")));
        assertNotEquals(Files.readString(panels.resolve("key.csv")), Files.readString(other.resolve("key.csv")));
    }

    @Test
    void as_many_controls_are_drawn_as_the_data_have_images_and_that_is_said() throws IOException {
        Path many = folder.resolve("many");

        Invocation drawn = draw("tiny", many, "--controls", 10);

        assertEquals(0, drawn.code(), drawn.err());
        assertTrue(drawn.out().contains("Some classes have fewer than 10 positive controls"), drawn.out());
        assertEquals(
                Map.of("reconstruction", 4L, "positive", 32L, "negative", 40L),
                key(many).stream().collect(Collectors.groupingBy(row -> at(row, "kind"), Collectors.counting())));
    }

    @Test
    void answers_become_the_judges_rates_and_a_corrected_share() throws IOException {
        Path answers = answers(folder.resolve("answers.csv"));

        Invocation judged = judge("tiny", answers, "--key", panels);
        Invocation json = judge("tiny", answers, "--key", panels.resolve("key.csv"), "--json");

        assertEquals(0, judged.code(), judged.err());
        assertTrue(judged.out().startsWith("'tiny': 28 panels of 4 people, of which 0 were refused"), judged.out());
        // 12 of 12: the lower bound is .025^(1/12) = .7354.
        assertTrue(judged.out().contains("positive controls (tpr)   12  12  100.0 %  [73.5, 100.0]"), judged.out());
        assertTrue(judged.out().contains("negative controls (fpr)    0  12    0.0 %  [0.0, 26.5]"), judged.out());
        assertTrue(judged.out().contains("right person, corrected for the judge's errors: 0.0 %"), judged.out());
        assertTrue(json.out().startsWith("{") && json.out().contains("\"run\" : \"tiny\""), json.out());
    }

    @Test
    void the_key_is_looked_for_beside_the_answers_first() throws IOException {
        Path beside = Files.createDirectories(folder.resolve("beside"));
        Files.copy(panels.resolve("key.csv"), beside.resolve("key.csv"));

        assertEquals(0, judge("tiny", answers(beside.resolve("answers.csv"))).code());
        Files.delete(beside.resolve("key.csv"));
        Invocation lost = judge("tiny", beside.resolve("answers.csv"));
        assertEquals(2, lost.code());
        assertTrue(
                lost.err().contains("key.csv: there is no such file; name the key.csv that 'obverse panels' wrote"),
                lost.err());
    }

    private static void refused(String answers, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), answers);

        Invocation refused = judge("tiny", file, "--key", panels);

        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains(message), refused.err());
    }

    @Test
    void answers_that_are_none_to_these_panels_are_refused_with_the_way_out() throws IOException {
        refused(
                "panel,answer\npanel-999.png,yes\n",
                "has no such panel; name panels as their files are called, such as");
        refused("panel,verdict\npanel-001.png,yes\n", "has no column 'answer', only: panel, verdict");
        refused("panel,answer\npanel-001.png,maybe\n", "'maybe' is no answer; write yes, no or refused");
        refused("panel,answer\npanel-001.png\n", "'' is no answer; write yes, no or refused");
        refused("panel,answer\npanel-001.png,yes\npanel-001.png,no\n", "is answered twice; keep one answer");
        refused("panel,answer\n", "has no answer; add lines such as panel-001.png,yes");
        refused("", "bad.csv: ");
        refused("panel,answer\npanel-001.png,yes,no\n", "is no table");
    }

    @Test
    void a_run_that_is_not_finished_is_refused_with_how_to_go_on() throws IOException {
        Path unfinished = Files.createDirectories(runs.resolve("unfinished"));
        Path tiny = runs.resolve("tiny");
        Files.copy(tiny.resolve("study.yaml"), unfinished.resolve("study.yaml"));
        Files.createDirectories(unfinished.resolve("cells"));
        Files.copy(tiny.resolve("cells/tiny.yaml"), unfinished.resolve("cells/unfinished.yaml"));

        Invocation drawn = draw("unfinished", folder.resolve("nothing"));
        Path foreign = keyWith("unfinished", ",tiny,", ",unfinished,");
        Invocation judged = judge("unfinished", answers(folder.resolve("unfinished.csv")), "--key", foreign);

        for (Invocation refused : List.of(drawn, judged)) {
            assertEquals(2, refused.code(), refused.out());
            assertTrue(refused.err().contains("unfinished: it has no results yet: 0 of "), refused.err());
            assertTrue(refused.err().contains("go on with: obverse resume unfinished"), refused.err());
        }
        assertFalse(Files.exists(folder.resolve("nothing")));
    }

    private static Path keyWith(String name, String what, String instead) throws IOException {
        Path place = Files.createDirectories(folder.resolve("keys").resolve(name));
        String key = Files.readString(panels.resolve("key.csv"));
        assertTrue(key.contains(what), key);
        Files.writeString(place.resolve("key.csv"), key.replace(what, instead));
        return place;
    }

    @Test
    void a_run_that_attacks_nothing_is_refused() {
        Invocation refused = draw("trained", folder.resolve("nothing"));

        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("trained: it has no reconstructions, as its plan attacks nothing; take a run"),
                refused.err());
    }

    @Test
    void a_cell_that_does_not_exist_is_answered_with_those_that_do() {
        Invocation refused = draw("tiny", folder.resolve("nothing"), "--cell", "tinny");

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("the run 'tiny' has no such cell; did you mean 'tiny'?"), refused.err());
    }

    @Test
    void a_key_of_another_run_is_refused() throws IOException {
        String attack = at(key(panels).get(0), "attack");
        Path answers = answers(folder.resolve("of-tiny.csv"));

        Invocation cell = judge("trained", answers, "--key", panels);
        Invocation other = judge("tiny", answers, "--key", keyWith("other", attack, Sha256.of("another")));

        assertEquals(2, cell.code(), cell.out());
        assertTrue(cell.err().contains("it has panels of a cell 'tiny', which the run 'trained' has not"), cell.err());
        assertEquals(2, other.code(), other.out());
        assertTrue(other.err().contains("show what another attack found than that of the run 'tiny'"), other.err());
    }

    @Test
    void a_control_that_shows_one_private_image_under_a_and_b_is_refused() throws IOException {
        Map<String, String> control = key(panels).stream()
                .filter(row -> at(row, "kind").equals("positive"))
                .findFirst()
                .orElseThrow();
        String image = at(control, "image");
        String shown = at(control, "beside");
        Path place = Files.createDirectories(folder.resolve("keys/twice"));
        List<String> lines = Files.readAllLines(panels.resolve("key.csv"));
        lines.replaceAll(line -> line.startsWith(at(control, "panel"))
                ? line.replace(shown, image + shown.substring(shown.indexOf(' ')))
                : line);
        Files.write(place.resolve("key.csv"), lines);

        Invocation refused = judge("tiny", answers(folder.resolve("twice.csv")), "--key", place);

        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("panel '" + at(control, "panel") + "': shows a private image twice"),
                refused.err());
        assertTrue(refused.err().contains("make the panels anew with 'obverse panels'"), refused.err());
    }

    @Test
    void a_picture_that_was_changed_since_the_key_was_written_is_refused() throws IOException {
        Path changed = folder.resolve("changed");
        assertEquals(0, draw("tiny", changed, "--controls", 3).code());
        Files.writeString(changed.resolve("panels/panel-002.png"), "another");

        Invocation refused = judge("tiny", answers(folder.resolve("changed.csv")), "--key", changed);

        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("panel-002.png: is another picture than the key knows"), refused.err());
    }

    @Test
    void a_key_that_is_none_is_refused() throws IOException {
        Path place = Files.createDirectories(folder.resolve("keys/none"));
        Files.writeString(place.resolve("key.csv"), "panel,kind\npanel-001.png,positive\n");
        Path words = keyWith("words", "positive", "wonderful");
        Path answers = answers(folder.resolve("none.csv"));

        Invocation columns = judge("tiny", answers, "--key", place);
        Invocation kinds = judge("tiny", answers, "--key", words);

        assertEquals(2, columns.code());
        assertTrue(columns.err().contains("has no column 'class', only: panel, kind"), columns.err());
        assertEquals(2, kinds.code());
        assertTrue(kinds.err().contains("is no line of a key; name the key.csv that"), kinds.err());
    }

    @Test
    void a_folder_that_holds_anything_is_left_as_it_is() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("mine"), "mine");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        Invocation refused = draw("tiny", full);
        Invocation done = draw("tiny", empty, "--controls", 1);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--to " + full + ": the folder is not empty"), refused.err());
        assertEquals(Set.of("mine"), files(full));
        assertEquals(0, done.code(), done.err());
    }

    @Test
    void results_that_are_gone_are_refused_and_nothing_is_left_behind() throws IOException {
        Path lost = folder.resolve("lost-runs");
        copy(runs.resolve("tiny"), lost.resolve("tiny"));
        copy(runs.resolve("objects"), lost.resolve("objects"));
        String found = Invocation.finished(lost.resolve("tiny")).getOrDefault("select/0", "");
        Files.delete(lost.resolve("objects").resolve(found));
        Path nested = Files.createDirectories(folder.resolve("nested"));

        Invocation refused = Invocation.of("panels", "tiny", "--runs", lost, "--to", nested.resolve("panels"));

        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("tiny: what unit select/0 made is gone or damaged in ")
                        && refused.err().contains("make it again with: obverse resume tiny"),
                refused.err());
        assertEquals(Set.of(), files(nested));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void classes_with_too_few_images_are_refused() throws IOException {
        Path plan = folder.resolve("few.yaml");
        Files.writeString(
                plan,
                Files.readString(Invocation.tinyPlan(folder))
                        .replace(
                                "training-per-identity: 4, pool-per-identity: 8",
                                "training-per-identity: 3, pool-per-identity: 3"));
        Invocation run = Invocation.of("run", plan, "--runs", runs, "--name", "few");
        assertEquals(0, run.code(), run.err());

        Invocation refused = draw("few", folder.resolve("nothing"));

        assertEquals(2, refused.code(), refused.out());
        assertTrue(
                refused.err().contains("has 3 different private images, and a panel shows 4 of them"), refused.err());
        assertFalse(Files.exists(folder.resolve("nothing")));
    }

    /** Two people with six pictures each, all of which are there twice: a pool of nine holds equal ones. */
    @Test
    void equal_pictures_count_once_and_pictures_that_are_gone_are_refused() throws IOException {
        RandomStream stream = CounterStream.of(3, "pictures/");
        for (String person : List.of("anna", "ben")) {
            Path place = Files.createDirectories(folder.resolve("pictures").resolve(person));
            for (int i = 0; i < 6; i++) {
                BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i, i, stream.below(1 << 24));
                image.setRGB(20, 20, stream.below(1 << 24));
                ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
            }
            for (int i = 0; i < 6; i++) {
                Files.copy(place.resolve(i + ".png"), place.resolve("again-" + i + ".png"));
            }
        }
        Path plan = folder.resolve("pictures.yaml");
        Files.writeString(
                plan,
                Files.readString(Invocation.tinyPlan(folder))
                        .replaceFirst(
                                "data: .*",
                                "data: { use: image-folder, folder: pictures, split: { training-share: 0.75 }, image: { size: 32 } }")
                        .replaceFirst("(?s)evaluation:.*generator:", "generator:")
                        .replaceFirst("(?m)^accept:.*\n", "")
                        .replaceFirst("(?s)metrics:.*execution:", "execution:"));
        Invocation run = Invocation.of("run", plan, "--runs", runs, "--name", "pictures");
        assertEquals(0, run.code(), run.err());
        Path drawn = folder.resolve("of-pictures");

        assertEquals(0, draw("pictures", drawn).code());
        for (Map<String, String> row : key(drawn)) {
            Set<List<Integer>> tiles = new HashSet<>(b(picture(drawn, row)));
            tiles.add(a(picture(drawn, row)));
            assertEquals(5, tiles.size(), row.toString());
        }

        Files.delete(folder.resolve("pictures/anna/3.png"));
        Invocation changed = draw("pictures", folder.resolve("nothing"));
        Files.move(folder.resolve("pictures"), folder.resolve("elsewhere"));
        Invocation gone = draw("pictures", folder.resolve("nothing"));

        assertEquals(2, changed.code(), changed.out());
        assertTrue(changed.err().contains("anna/3.png is gone"), changed.err());
        assertEquals(2, gone.code(), gone.out());
        assertTrue(gone.err().contains("data.folder"), gone.err());
        assertFalse(Files.exists(folder.resolve("nothing")));
    }

    @Test
    void a_study_has_panels_of_all_its_cells_or_of_one() throws IOException {
        Invocation run = Invocation.of(
                "run",
                Invocation.tinyPlan(folder),
                "--runs",
                runs,
                "--name",
                "study",
                "--axis",
                "attack.stages.optimize.loss=poincare,cross-entropy");
        assertEquals(0, run.code(), run.err());
        Path all = folder.resolve("all");
        Path one = folder.resolve("one");

        assertEquals(0, draw("study", all, "--controls", 1).code());
        assertEquals(
                0,
                draw("study", one, "--controls", 1, "--cell", "loss=poincare").code());

        assertEquals(
                Map.of("loss=poincare", 12L, "loss=cross-entropy", 12L),
                key(all).stream().collect(Collectors.groupingBy(row -> at(row, "cell"), Collectors.counting())));
        assertEquals(
                Set.of("loss=poincare"),
                key(one).stream().map(row -> at(row, "cell")).collect(Collectors.toSet()));
        Path some = folder.resolve("some.csv");
        Files.writeString(some, "panel,answer\n" + at(key(all).get(0), "panel") + ",Refused\n");
        Invocation judged = judge("study", some, "--key", all);
        assertEquals(0, judged.code(), judged.err());
        assertEquals(
                2,
                Arrays.stream(judged.out().split("\n", -1))
                        .filter(line -> line.contains(" panels of "))
                        .count());
    }

    @Test
    void without_controls_no_panels_are_drawn() {
        Invocation refused = draw("tiny", folder.resolve("nothing"), "--controls", 0);

        assertEquals(2, refused.code());
        assertTrue(refused.err().contains("--controls: is 0, and without controls nothing is known"), refused.err());
    }
}
