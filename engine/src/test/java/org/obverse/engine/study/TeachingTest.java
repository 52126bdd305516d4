package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.Score;

/** Targets that learn from another target of the plan. */
final class TeachingTest {
    private static final String PLAN = """
            data: { use: numbers }
            targets:
              student: { like: teacher, defense: [ { use: imitating, teacher: teacher } ], seed: 2 }
              teacher: { classifier: { use: linear }, training: { epochs: 100, batch: 5, learning-rate: 0.05 } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin(), new GuessingPlugin())), folder);
    }

    private double loss(String unit, int epoch) {
        return Objects.requireNonNull(Objects.requireNonNull(runner.made().get(unit))
                .summary()
                .epochs()
                .get(epoch)
                .get("loss"));
    }

    @Test
    void a_teacher_is_trained_first_and_its_answers_are_what_is_learned() {
        runner.run(PLAN, "taught", "runs");

        assertEquals(List.of("target/0", "target/1"), runner.made("target"));
        assertTrue(runner.offered().indexOf("target/0") < runner.offered().indexOf("target/1"));
        // Squares of a student that comes to answer as its teacher vanish,.
        assertTrue(
                loss("target/1", 99) < 0.01 * loss("target/1", 0),
                loss("target/1", 0) + " became " + loss("target/1", 99));
    }

    @Test
    void another_teacher_makes_another_student() {
        runner.run(PLAN, "first", "runs");
        String first = runner.artifacts().get("target/1");
        runner.told().clear();

        runner.run(PlanText.with(PLAN, "epochs: 100", "epochs: 99"), "second", "runs");

        assertNotEquals(first, runner.artifacts().get("target/1"));
    }

    @Test
    void an_equal_teacher_is_trained_once_in_a_study() {
        runner.run(PLAN + "study: { axes: { targets.student.seed: [2, 3] } }", "shared", "runs");

        assertEquals(3, runner.made("target").size());
    }

    @Test
    void reference_models_of_a_student_have_teachers_of_their_own() {
        runner.run(PLAN + """
                membership: { target: student, samples: 8, known: 2, references: 4, attacks: [ { use: trained-on } ] }
                """, "referred", "runs");

        assertEquals(8, runner.made("reference").size());
    }

    @Test
    void an_attack_that_asks_as_the_training_would_is_given_the_teachers_answers() {
        String plan = PLAN + """
                membership: { target: student, samples: 8, known: 2, attacks: [ { use: as-taught } ] }
                metrics: [ { use: means } ]
                """;
        runner.run(plan, "asked", "runs");
        runner.run(PlanText.with(plan, "target: student", "target: teacher"), "labelled", "runs");

        assertEquals(0.5, ofMembers("labelled"), 0.25);
        assertEquals(0, 8 * ofMembers("labelled") % 1);
        assertTrue(8 * ofMembers("asked") % 1 > 0, () -> "" + ofMembers("asked"));
    }

    private double ofMembers(String name) {
        return ((Score.Measured) runner.record(name, name, "runs").scores().get(0))
                .figures()
                .get(0)
                .value();
    }

    private List<String> refused(String plan) {
        return assertThrows(InvalidConfigurationException.class, () -> runner.run(plan, "refused", "runs"))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_teacher_that_is_not_there_is_refused_with_those_that_are() {
        assertEquals(
                List.of(
                        "line 3, targets.student.defense.0.teacher: there is no target 'techer'; did you mean 'teacher'? targets:"
                                + " teacher"),
                refused(PlanText.with(PLAN, "teacher: teacher }", "teacher: techer }")));
        assertEquals(
                List.of("line 3, targets.student.defense.0.teacher: no teacher is named; targets: teacher"),
                refused(PlanText.with(PLAN, ", teacher: teacher }", " }")));
    }

    @Test
    void a_teacher_of_other_classes_is_refused() {
        String plan = PlanText.with(PLAN, "like: teacher,", "classifier: { use: linear }, training: { epochs: 1 },");

        assertEquals(
                List.of(
                        "line 3, targets.student.defense: the teacher tells 9 classes apart, and the data has 2; name a teacher that is"
                                + " trained on the same data"),
                refused(PlanText.with(
                        plan, "teacher: { classifier: { use: linear }", "teacher: { classifier: { use: of-nine }")));
    }

    @Test
    void nobody_learns_from_itself() {
        assertEquals(
                List.of(
                        "line 3, targets.student.defense.0.teacher: nobody is trained first, as 'student' learns from itself in the"
                                + " end; name a teacher that learns from the labels"),
                refused(PlanText.with(PLAN, "teacher: teacher }", "teacher: student }")));
    }

    @Test
    void two_do_not_learn_from_each_other() {
        List<String> problems = refused(PlanText.with(
                PLAN,
                "learning-rate: 0.05 } }",
                "learning-rate: 0.05 }, defense: [ { use: imitating, teacher: student } ] }"));

        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("'student' learns from 'teacher' learns from itself"), problems.get(0));
    }
}
