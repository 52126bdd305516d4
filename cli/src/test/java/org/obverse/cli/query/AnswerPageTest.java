package org.obverse.cli.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.obverse.cli.query.Relation.Figure;
import org.obverse.cli.query.Relation.Missing;
import org.obverse.cli.query.Relation.Text;

final class AnswerPageTest {
    private static final Answer ANSWER = new Answer(
            List.of("run", "value"),
            List.of(
                    List.of(new Text("a-rather-long-name"), new Figure(0.123456789)),
                    List.of(new Text("b"), new Figure(12)),
                    List.of(new Text("c"), new Missing())));

    @Test
    void words_stand_left_and_numbers_right() {
        assertEquals("""
                run                    value
                a-rather-long-name  0.123457
                b                         12
                c
                (3 rows)
                """, new AnswerPage(ANSWER, 80).text());
    }

    @Test
    void what_is_too_wide_for_the_terminal_is_cut_in_its_widest_column() {
        assertEquals(
                """
                run            value
                a-rather-…  0.123457
                """,
                new AnswerPage(ANSWER, 20)
                        .text()
                        .lines()
                        .limit(2)
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
    }

    @Test
    void columns_of_one_name_are_numbered_so_that_no_value_is_lost() {
        Answer joined = new Answer(List.of("value", "value"), List.of(List.of(new Figure(1), new Figure(2))));

        assertEquals(List.of(Map.of("value", 1.0, "value 2", 2.0)), joined.plain());
    }

    @Test
    void plain_rows_have_all_digits_and_leave_out_what_is_missing() {
        assertEquals(
                List.of(
                        Map.of("run", "a-rather-long-name", "value", 0.123456789),
                        Map.of("run", "b", "value", 12.0),
                        Map.of("run", "c")),
                ANSWER.plain());
    }
}
