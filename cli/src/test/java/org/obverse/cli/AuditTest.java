package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.engine.random.CounterStream;
import org.obverse.testkit.bench.ScriptedClassifier;
import org.obverse.testkit.bench.ScriptedClassifier.Result;

final class AuditTest {
    private static final Path PROGRAMS = Path.of("../plugins/torchscript/src/test/resources/programs");
    private static final String DATA = "data: { use: synthetic-faces, identities: 4, training-per-identity: 4,"
            + " pool-per-identity: 8, test-per-identity: 4, public-images: 200 }\n";
    private static final String JUDGE =
            "evaluation: { judge: { classifier: { use: small-inception }, training: { epochs: 1,"
                    + " batch: 16, learning-rate: 0.002 } } }\n";
    private static final String TRAINED =
            "classifier: { use: small-resnet }, training: { epochs: 1, batch: 8, learning-rate: 0.005 }";
    private static final String NEGATIVE = "defense: [ { use: label-smoothing, alpha: -0.05, schedule: constant } ]";
    private static final String SCRIPTED = "target: { classifier: { use: torchscript, file: model.pt } }\n";
    private static final String GENERATOR = "generator: { use: stylegan2, weights: \"builtin:synthetic-faces-32\" }\n";
    private static final String SMALL = "execution: { device: cpu, workers: 1, batch: 32 }\n";

    @TempDir
    private Path folder = Path.of("");

    private Path plan(String... sections) {
        try {
            Path file = folder.resolve("model.yaml");
            Files.writeString(file, String.join("", sections) + SMALL);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Invocation audit(Path plan, String... options) {
        return Invocation.of(
                Stream.concat(Stream.of("audit", plan, "--runs", folder.resolve("runs")), Arrays.stream(options))
                        .toArray());
    }

    private void refuses(Path plan, List<String> options, String... words) {
        Invocation refused = audit(plan, options.toArray(String[]::new));

        assertEquals(2, refused.code(), refused.err());
        Arrays.stream(words).forEach(word -> assertTrue(refused.err().contains(word), refused::err));
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    /** One person, because each costs all attacks. */
    @Test
    void a_torchscript_model_is_audited_to_a_page_and_the_run_is_one_like_any_other() throws IOException {
        ScriptedClassifier.drawn(4, CounterStream.of(3, "model/")).write(folder.resolve("model.pt"), Result.LOGITS);
        Path page = folder.resolve("audit.html");
        Path plan = plan(
                DATA,
                SCRIPTED,
                JUDGE,
                GENERATOR,
                "attack: { use: ppa, classes: [ 2 ] }\n",
                "accept: [ weak-judge, uncalibrated-judge ]\n");

        Invocation audit = audit(plan, "--report", page.toString());

        assertEquals(0, audit.code(), audit.err());
        String out = audit.out();
        assertTrue(out.contains("undefended – No defense is declared, so nothing is claimed for one."), out);
        assertTrue(out.contains("  At worst Acc@1(judge) is "), out);
        List.of(
                        "poincare (white-box)",
                        "scores (from scores)",
                        "labels (label-only)",
                        "surrogates (from scores, transfer)")
                .forEach(attack -> assertTrue(out.contains("  tried: attack " + attack + ": "), out));
        assertTrue(out.contains("  tried: attack adapted matched-cross-entropy (white-box): "), out);
        assertFalse(out.contains("not tried"), out);
        assertTrue(audit.err().contains("the plan's attack is not looked at"), audit.err());
        assertTrue(Files.readString(page).contains("No defense is declared"));
        assertTrue(Files.readString(folder.resolve("runs/model-audit/report.html"))
                .contains("What the targets withstood"));
        Invocation resumed = Invocation.of("resume", "model-audit", "--runs", folder.resolve("runs"));
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.out().contains(" done in "), resumed.out());
        assertTrue(resumed.out().contains("  tried: attack labels (label-only): "), resumed.out());
    }

    @Test
    void a_program_without_gradients_is_audited_from_what_it_answers_and_that_is_said() throws IOException {
        Files.copy(PROGRAMS.resolve("no-grad.pt"), folder.resolve("model.pt"));
        Path plan = plan(DATA, SCRIPTED, JUDGE);

        Invocation dry = audit(plan, "--dry-run");

        assertEquals(0, dry.code(), dry.err());
        assertTrue(dry.out().startsWith("'model-audit' can be run: 3 cells"), dry.out());
        assertTrue(
                dry.err()
                        .contains(
                                "goes without 'poincare': 'latent-adam' needs white-box access, but the plan grants logits"),
                dry.err());
        assertTrue(dry.err().contains("goes without 'white-box access': 'torchscript' gives no gradient"), dry.err());
        List.of("  attack=scores: ", "  attack=labels: ", "  attack=surrogates: ")
                .forEach(cell -> assertTrue(dry.out().contains(cell), dry.out()));
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @Test
    void loaded_weights_are_not_held_against_themselves_without_the_name_of_their_defense() {
        Path plan = plan(
                DATA,
                "target: { classifier: { use: small-resnet }, weights: mine.safetensors, " + NEGATIVE + " }\n",
                JUDGE);

        Invocation listed = audit(plan, "--list-cells");

        assertEquals(0, listed.code(), listed.err());
        assertFalse(listed.out().contains("undefended"), listed.out());
        assertTrue(listed.err().contains("loaded weights have no undefended counterpart"), listed.err());
    }

    @Test
    void a_defense_that_nothing_is_adapted_to_is_named_before_the_audit_begins() {
        Path plan = plan(DATA, "target: { " + TRAINED + ", defense: [ { use: bido-hsic } ] }\n", JUDGE);

        Invocation listed = audit(plan, "--list-cells");

        assertEquals(0, listed.code(), listed.err());
        assertTrue(
                listed.err().contains("cannot end as verified: no attack that fits is adapted to bido-hsic"),
                listed.err());
    }

    @Test
    void a_defended_target_is_attacked_with_and_without_its_defense() {
        Path plan = plan(DATA, "target: { " + TRAINED + ", " + NEGATIVE + " }\n", JUDGE);

        Invocation listed = audit(plan, "--list-cells");

        assertEquals(
                List.of(
                        "attack=poincare",
                        "attack=cross-entropy",
                        "attack=scores",
                        "attack=labels",
                        "attack=surrogates",
                        "attack=adapted-matched-cross-entropy",
                        "attack=undefended-poincare",
                        "attack=undefended-cross-entropy",
                        "attack=undefended-labels"),
                listed.out().lines().toList(),
                listed.err());
    }

    @Test
    void the_budget_of_the_papers_tries_every_adapted_loss() {
        Path plan = plan(DATA, "target: { " + TRAINED + ", " + NEGATIVE + " }\n", JUDGE);

        List<String> cells =
                audit(plan, "--list-cells", "--budget", "paper").out().lines().toList();

        assertEquals(5, cells.stream().filter(cell -> cell.contains("adapted-")).count(), cells::toString);
    }

    @Test
    void only_what_the_plan_grants_is_tried() {
        Path plan = plan(DATA, "target: { " + TRAINED + ", access: labels, " + NEGATIVE + " }\n", JUDGE);

        Invocation listed = audit(plan, "--list-cells");

        assertEquals(
                List.of("attack=labels", "attack=undefended-labels"),
                listed.out().lines().toList(),
                listed.err());
        assertTrue(
                listed.err()
                        .contains(
                                "goes without 'surrogates': 'surrogates' needs scores access, but the plan grants labels"),
                listed.err());
    }

    @Test
    void one_of_several_targets_is_named_and_an_undefended_one_of_the_plan_is_its_counterpart() {
        Path plan = plan(
                DATA,
                "targets: { hard: { " + TRAINED + " }, negative: { like: hard, access: labels, " + NEGATIVE + " } }\n",
                JUDGE);

        refuses(
                plan,
                List.of(),
                "an audit is of one target, and the plan has hard, negative",
                "say which with --target NAME");
        refuses(plan, List.of("--target", "negativ"), "there is no target 'negativ'", "did you mean 'negative'?");
        refuses(
                plan,
                List.of("--target", "hard", "--target", "negative"),
                "an audit is of one target, not of hard, negative");
        refuses(
                plan,
                List.of("--target", "negative", "--max-cells", "1", "--list-cells"),
                "makes 2 cells, more than 1");
        Invocation dry = audit(plan, "--target", "negative", "--dry-run");
        assertEquals(0, dry.code(), dry.err());
        assertTrue(dry.out().contains("2 cells"), dry.out());
    }

    @Test
    void what_cannot_be_audited_is_refused_with_the_way_out() {
        String target = "target: { " + TRAINED + " }\n";
        refuses(plan(target, JUDGE), List.of(), "data", "add data: { use: NAME }");
        refuses(
                plan(DATA, JUDGE),
                List.of(),
                "the plan has no target to audit",
                "add target: { classifier: { use: NAME }");
        refuses(plan(DATA, target), List.of(), "an audit needs a judge that you trust", "add evaluation: { judge: ");
        refuses(
                plan(DATA, "target: { " + TRAINED + ", access: none }\n", JUDGE),
                List.of(),
                "nothing can be tried; 'labels': 'label-rejection' needs labels access, but the plan grants none",
                "labels at least");
        refuses(
                plan(DATA, target, JUDGE, "study: { axes: { target.training.epochs: [ 1, 2 ] } }\n"),
                List.of(),
                "an audit varies the attack on one target, and the plan varies target.training.epochs",
                "-o '~study'");
        refuses(plan("data: { use: idx, folder: digits }\n", target, JUDGE), List.of(), "an audit needs a generator");
        refuses(plan(DATA, target, JUDGE), List.of("--budget", "large"), "--budget");
        refuses(
                plan(DATA, target, JUDGE),
                List.of("--report", folder.resolve("missing/audit.html").toString()),
                "--report");
    }

    @Test
    void repetitions_with_other_seeds_are_welcome() {
        Path plan = plan(DATA, "target: { " + TRAINED + ", access: labels }\n", JUDGE);

        Invocation listed = audit(plan, "--list-cells", "--axis", "seeds.training=1,2");

        assertEquals(
                List.of("training=1,attack=labels", "training=2,attack=labels"),
                listed.out().lines().toList());
    }
}
