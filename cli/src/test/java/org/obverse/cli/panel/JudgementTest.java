package org.obverse.cli.panel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.obverse.cli.figure.Bootstrap;
import org.obverse.cli.panel.Answers.Answer;
import org.obverse.cli.panel.Judgement.OfCell;
import org.obverse.cli.panel.Judgement.OfModel;
import org.obverse.engine.plan.Ground;

/** Of panels that were never drawn. */
final class JudgementTest {
    private final List<Panel> panels = new ArrayList<>();
    private final Map<String, Answer> given = new HashMap<>();

    private void ask(String person, Shown shown, Answer answer) {
        String name = "panel-%03d.png".formatted(panels.size() + 1);
        panels.add(new Panel(name, shown, "cell", "attack", person, List.of(0, 1, 2, 3), ""));
        given.put(name, answer);
    }

    /** Whether the judge says yes or no about some of many. */
    private void ask(String person, Shown shown, int yes, int of) {
        for (int i = 0; i < of; i++) {
            ask(person, shown, i < yes ? Answer.YES : Answer.NO);
        }
    }

    private static Shown.Reconstruction found(boolean right) {
        return new Shown.Reconstruction(0, Map.of("E", right));
    }

    private OfCell judged() {
        return Judgement.of("cell", panels, new Answers(given), new Bootstrap(2_000));
    }

    private String text() {
        return new Judgement("run", Set.of(Ground.WEAK_JUDGE), 2_000, List.of(judged())).text();
    }

    private String json() {
        return new Judgement("run", Set.of(Ground.WEAK_JUDGE), 2_000, List.of(judged())).json();
    }

    @Test
    void what_the_plan_accepts_is_repeated_by_name() {
        ask("anna", found(true), Answer.YES);

        assertTrue(
                text().contains(
                                "Accepted by the plan: weak-judge (a judge is right about fewer than 90 % of its own test images"),
                text());
        assertTrue(json().contains("\"accepted\" : [ \"weak-judge\" ]"), json());
    }

    /** judging.md, section 3: 30 % yes, tpr .9 and fpr .1 are 25 % right persons. */
    @Test
    void the_share_of_right_persons_is_corrected_for_the_judges_errors() {
        for (String person : List.of("anna", "ben")) {
            ask(person, found(true), 3, 10);
            ask(person, new Shown.Positive(9), 9, 10);
            ask(person, new Shown.Negative(8), 1, 10);
        }

        OfCell judged = judged();

        assertEquals(0.3, judged.yes().share(), 1e-12);
        assertEquals(0.9, judged.tpr().share(), 1e-12);
        assertEquals(0.1, judged.fpr().share(), 1e-12);
        assertEquals(0.25, judged.corrected().value(), 1e-12);
        assertEquals(20, judged.tpr().trials());
        assertTrue(text().contains("right person, corrected for the judge's errors: 25.0 %"), text());
        assertTrue(json().contains("\"share\" : 0.3"), json());
    }

    @Test
    void a_judge_that_tells_nobody_apart_gets_no_figure_instead_of_0() {
        ask("anna", found(true), 3, 10);
        ask("anna", new Shown.Positive(9), 2, 10);
        ask("anna", new Shown.Negative(8), 2, 10);

        assertFalse(judged().corrected().isDefined());
        assertTrue(text().contains("corrected for the judge's errors: undefined"), text());
        assertTrue(text().contains("it does not tell people apart, and its answers prove nothing"), text());
        assertTrue(json().contains("\"share\" : null"), json());
        assertTrue(json().contains("\"undefined-because\" : \"the judge says yes to no more"), json());
    }

    @Test
    void refusals_and_missing_answers_are_counted_apart_and_in_no_rate() {
        ask("anna", found(true), 1, 2);
        ask("anna", found(true), Answer.REFUSED);
        ask("anna", new Shown.Positive(9), 1, 1);
        ask("anna", new Shown.Positive(9), Answer.REFUSED);
        ask("anna", new Shown.Negative(8), 0, 1);
        ask("anna", new Shown.Negative(8), Answer.YES);
        given.remove("panel-007.png");

        OfCell judged = judged();

        assertEquals(7, judged.panels());
        assertEquals(2, judged.refused());
        assertEquals(1, judged.unanswered());
        assertEquals(2, judged.yes().trials());
        assertEquals(1, judged.tpr().trials());
        assertEquals(1, judged.fpr().trials());
        assertEquals(0.5, judged.corrected().value(), 1e-12);
        assertTrue(text().contains("of which 2 were refused and 1 have no answer"), text());
    }

    @Test
    void without_controls_nothing_is_known_of_the_judges_errors() {
        ask("anna", found(true), 1, 2);
        ask("anna", new Shown.Negative(8), 0, 1);

        assertTrue(judged().undefined().startsWith("no positive control was answered"), judged().undefined());
    }

    /** Of five that the model takes for successes the judge recognises two; of its three yes, the model found these two. */
    @Test
    void a_models_successes_that_the_judge_does_not_see_are_its_false_positives() {
        ask("anna", found(true), 2, 3);
        ask("ben", found(true), 0, 2);
        ask("ben", found(false), 1, 4);
        ask("ben", new Shown.Reconstruction(0, Map.of()), Answer.YES);
        ask("ben", new Shown.Positive(9), 1, 1);

        OfModel model = judged().models().get(0);

        assertEquals(5, model.right().successes());
        assertEquals(9, model.right().trials());
        assertEquals(0.6, model.falsePositives().value(), 1e-12);
        assertEquals(2 / 3.0, model.recall().value(), 1e-12);
        assertTrue(text().contains("evaluation model 'E', right about 5 of 9"), text());
        assertTrue(text().contains("(false positives): 60.0 %"), text());
        assertTrue(text().contains("(recall): 66.7 %"), text());
    }

    @Test
    void a_share_of_nothing_is_said_to_be_none() {
        ask("anna", found(false), 0, 2);

        assertTrue(text().contains("(false positives): undefined, there are none"), text());
    }
}
