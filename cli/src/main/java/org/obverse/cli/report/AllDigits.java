package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.table.CsvText;
import org.obverse.cli.table.Table;

/** What a table shows rounded, below it as text that can be copied into other programs. */
public final class AllDigits {
    private AllDigits() {}

    /**
     * Collapsed; nothing where no table has a row.
     *
     * @param notes that {@code export} writes into each row, here once
     * @param tables otherwise as {@code export} writes them
     */
    public static List<Tag> of(List<String> notes, Table... tables) {
        List<Tag> texts = new ArrayList<>();
        notes.forEach(note -> texts.add(Tag.of("p", "note").text(note)));
        for (Table table : tables) {
            if (!table.rows().isEmpty()) {
                texts.add(Tag.of("p", "note").text(table.name() + ".csv"));
                texts.add(Tag.of("pre")
                        .with("tabindex", "0")
                        .text(CsvText.of(table).replace("\r\n", "\n")));
            }
        }
        return texts.size() == notes.size()
                ? List.of()
                : List.of(Tag.collapsed("All digits, as CSV", texts.toArray(Tag[]::new)));
    }
}
