package org.obverse.testkit.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.torch.TorchSettings;
import org.obverse.testkit.code.CodeRule;
import org.obverse.testkit.rule.Finding.Verdict;
import org.obverse.testkit.rule.Rule.Level;
import org.obverse.testkit.subject.ForbiddenPlugin;
import org.obverse.testkit.subject.SubjectsPlugin;

/** Each rule is kept by an honest component, and broken by one whose only fault it is. */
final class EveryRuleTest {
    private static final List<Finding> FINDINGS = new ArrayList<>();
    private static final List<Finding> OF_THOSE_WHO_REACH = new ArrayList<>();
    private static final Steps WATCH = new Steps();

    /** Counts what a person who waits would see. */
    private static final class Steps implements UnitLoan.Watch {
        private int checkpoints;
        private int steps;

        @Override
        public void checkpoint() {
            checkpoints++;
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {
            steps++;
        }
    }

    @BeforeAll
    static void try_all(@TempDir Path folder) {
        FINDINGS.clear();
        Path harmless = SubjectJar.write(
                folder.resolve("subjects.jar"), SubjectsPlugin.class, entry -> !entry.startsWith("forbidden"));
        Path forbidden = SubjectJar.write(folder.resolve("forbidden.jar"), ForbiddenPlugin.class, entry -> true);
        FINDINGS.addAll(check(harmless, pending -> true));
        Set<String> ofCode = CodeRule.all().stream().map(CodeRule::id).collect(Collectors.toSet());
        FINDINGS.addAll(
                check(forbidden, pending -> ofCode.contains(pending.rule().id()) && !reaches(pending.component())));
        OF_THOSE_WHO_REACH.clear();
        OF_THOSE_WHO_REACH.addAll(check(forbidden, pending -> reaches(pending.component())));
    }

    private static boolean reaches(String component) {
        return component.contains("/reaching-");
    }

    private static List<Finding> check(Path jar, Predicate<Conformance.Pending> wanted) {
        Registry.Subject subject = Registry.withSubject(jar);
        try (Conformance conformance =
                new Conformance(subject.plugin(), subject.registry(), TorchSettings.defaults(), WATCH)) {
            return conformance
                    .pending()
                    .filter(wanted)
                    .map(pending -> pending.judge().get())
                    .toList();
        }
    }

    static Stream<Arguments> everyRule() {
        return Kind.all().stream()
                .flatMap(kind -> RuleBook.of(kind).rules().stream()
                        .map(rule -> Arguments.of(kind.name(), rule.id(), rule.level())));
    }

    private static List<Finding> of(String component) {
        return FINDINGS.stream()
                .filter(finding -> finding.component().equals(component))
                .toList();
    }

    private static List<String> broken(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.BROKEN)
                .map(finding -> finding.rule() + ": " + finding.reason())
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyRule")
    void a_rule_is_kept_by_an_honest_component(String kind, String rule, Level level) {
        List<Finding> honest = Stream.of("/honest", "/honest-with-a-worker")
                .flatMap(name -> of(kind + name).stream())
                .filter(finding -> finding.rule().equals(rule))
                .toList();

        assertTrue(honest.stream().anyMatch(finding -> finding.verdict() == Verdict.KEPT), honest::toString);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyRule")
    void a_rule_is_broken_by_a_component_that_breaks_no_other(String kind, String rule, Level level) {
        List<List<Finding>> faulty = Stream.of("", "-2", "-3", "-4")
                .map(more -> of(kind + "/" + rule + more))
                .filter(findings -> !findings.isEmpty())
                .toList();

        assertFalse(faulty.isEmpty(), "no subject breaks this rule");
        for (List<Finding> findings : faulty) {
            List<String> others = new ArrayList<>(broken(findings));
            assertTrue(
                    others.removeIf(broken -> broken.startsWith(rule + ": ")),
                    () -> "nothing is wrong with " + findings.get(0).component());
            if (level == Level.MUST) {
                others.removeIf(broken -> findings.stream()
                        .anyMatch(finding ->
                                finding.level() == Level.SHOULD && broken.startsWith(finding.rule() + ": ")));
            }
            assertEquals(List.of(), others, findings.get(0).component());
        }
    }

    @Test
    void an_honest_component_that_names_another_one_keeps_every_rule() {
        List<Finding> findings = FINDINGS.stream()
                .filter(finding -> finding.component().matches(".*/honest.*"))
                .toList();

        assertFalse(findings.isEmpty());
        assertEquals(List.of(), broken(findings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preparer/reaching-past-the-oracle",
                "membership-attack/reaching-past-the-oracle",
                "membership-attack/reaching-into-the-samples"
            })
    void who_looks_behind_what_it_is_lent_is_seen_to_know_what_no_answer_tells(String component) {
        List<String> broken = OF_THOSE_WHO_REACH.stream()
                .filter(finding -> finding.component().equals(component) && finding.verdict() == Verdict.BROKEN)
                .map(Finding::rule)
                .toList();

        assertTrue(broken.containsAll(List.of("no-reflection", "sees-only-filtered-answers")), broken::toString);
    }

    @Test
    void who_waits_is_told_of_every_step() {
        assertTrue(WATCH.checkpoints > 1000, () -> "checkpoints: " + WATCH.checkpoints);
        assertTrue(WATCH.steps > 1000, () -> "steps: " + WATCH.steps);
    }

    @Test
    void forbidden_code_is_named() {
        String reason = of("sampler/no-threads-clock-or-randomness").stream()
                .filter(finding -> finding.rule().equals("no-threads-clock-or-randomness"))
                .map(Finding::reason)
                .findFirst()
                .orElseThrow();

        for (String name :
                List.of("System.nanoTime", "java.lang.Thread", "java.util.Random", "parallelStream", "randomNormal")) {
            assertTrue(reason.contains(name), reason);
        }
    }

    private static List<Finding> brokenOf(String component) {
        return of(component).stream()
                .filter(finding -> finding.verdict() == Verdict.BROKEN)
                .toList();
    }

    @Test
    void a_listener_may_read_a_clock_and_have_threads_by_any_class_of_its_own() {
        assertEquals(List.of(), brokenOf("listener/honest-with-a-clock"));
        assertEquals(
                List.of("no-threads-clock-or-randomness"),
                brokenOf("attack/with-a-clock").stream().map(Finding::rule).toList(),
                "the same class");
    }

    @Test
    void a_listener_and_a_store_may_write_files_and_open_connections() {
        for (String rule : List.of("files-stay-in-the-workspace", "no-network")) {
            assertEquals(List.of(), brokenOf("listener/" + rule));
            assertEquals(List.of(), brokenOf("store/" + rule));
            assertEquals(
                    List.of(rule),
                    brokenOf("metric/" + rule).stream().map(Finding::rule).toList(),
                    "the same class");
        }
    }

    @Test
    void a_place_may_start_programs_read_a_clock_and_have_threads() {
        assertEquals(List.of(), brokenOf("place/honest-with-programs"));
        assertEquals(
                List.of("no-threads-clock-or-randomness", "no-environment"),
                brokenOf("attack/with-programs").stream().map(Finding::rule).toList(),
                "the same class");
        assertEquals(
                List.of("no-environment"),
                brokenOf("listener/with-programs").stream().map(Finding::rule).toList(),
                "the same class");
    }

    @Test
    void a_place_without_a_worker_has_none_that_could_die() {
        Finding finding = of("place/honest").stream()
                .filter(one -> one.rule().equals("loses-nothing-when-killed"))
                .findFirst()
                .orElseThrow();

        assertEquals(Verdict.BESIDE_THE_POINT, finding.verdict(), finding.reason());
    }

    @Test
    void forbidden_code_of_no_component_is_the_plugins_and_told_once() {
        List<Finding> told = FINDINGS.stream()
                .filter(finding -> finding.reason().contains("Unused"))
                .toList();

        assertEquals(
                List.of("plugin/subjects no-environment"),
                told.stream()
                        .map(finding -> finding.component() + " " + finding.rule())
                        .toList());
        assertEquals(
                1,
                brokenOf("plugin/subjects").size(),
                brokenOf("plugin/subjects").toString());
    }

    @Test
    void what_a_broken_rule_stands_in_the_way_of_is_not_tried() {
        Finding untried = of("sampler/works-at-its-access").stream()
                .filter(finding -> finding.rule().equals("batch-size-is-irrelevant"))
                .findFirst()
                .orElseThrow();

        assertEquals(Verdict.NOT_TRIED, untried.verdict());
        assertTrue(untried.reason().contains("works-at-its-access"), untried.reason());
    }

    @Test
    void a_gradient_through_a_score_oracle_is_refused() {
        String reason = of("optimizer/works-at-its-access").stream()
                .filter(finding -> finding.rule().equals("works-at-its-access"))
                .map(Finding::reason)
                .findFirst()
                .orElseThrow();

        assertTrue(reason.contains("scores access"), reason);
    }
}
