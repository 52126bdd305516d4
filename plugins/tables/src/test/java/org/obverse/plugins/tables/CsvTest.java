package org.obverse.plugins.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvTest {
    @Test
    void fields_with_commas_quotes_and_line_breaks_are_quoted_as_the_rfc_says() {
        assertEquals(
                "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",,\"\r\"\n",
                Csv.row(List.of("plain", "a,b", "say \"x\"", "two\nlines", "", "\r")));
    }

    @Test
    void what_was_written_is_read_again() {
        List<List<String>> rows = List.of(
                List.of("", "\"", "\"\"", ",", "\n", "\",\"\n", "δ"),
                List.of("a", "b", "", "", "", "", "\"end\""),
                List.of("", "", "", "", "", "", ""));
        String text = rows.stream().map(Csv::row).reduce("", String::concat);

        assertEquals(new Csv.Reading(rows, text.length()), Csv.read(text));
    }

    @Test
    void a_torn_row_is_not_read_wherever_it_is_torn() {
        String whole = Csv.row(List.of("1", "a\nb", "c\"d"));
        for (int length = 0; length < whole.length(); length++) {
            Csv.Reading read = Csv.read(whole + whole.substring(0, length));
            assertEquals(whole.length(), read.length(), "torn after " + length);
            assertEquals(1, read.rows().size());
        }
    }
}
