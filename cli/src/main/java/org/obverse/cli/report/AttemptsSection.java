package org.obverse.cli.report;

import java.util.List;
import org.obverse.cli.progress.Figures;
import org.obverse.cli.report.html.Tag;
import org.obverse.cli.report.html.Tag.Scope;

/** When a run was worked on, for how long, on what, and by which command. */
final class AttemptsSection {
    private AttemptsSection() {}

    /** Nothing if that is not known. */
    static List<Tag> of(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return List.of();
        }
        Tag head = Tag.of("tr");
        for (String name : List.of("began (UTC)", "took", "ended", "units", "command", "machine")) {
            head.add(Tag.head(Scope.COL).text(name));
        }
        Tag body = Tag.of("tbody");
        attempts.forEach(attempt -> body.add(Tag.of("tr")
                .add(
                        Tag.of("td").text(attempt.began()),
                        Tag.of("td", "number").text(Figures.clock(attempt.seconds())),
                        Tag.of("td").text(attempt.outcome()),
                        Tag.of("td", "number").text(String.valueOf(attempt.units())),
                        Tag.of("td", "words").add(Tag.of("code").text(attempt.command())),
                        Tag.of("td", "words").text(attempt.machine()))));
        double seconds = attempts.stream().mapToDouble(Attempt::seconds).sum();
        return List.of(
                Tag.of("p", "note")
                        .text(
                                "Together " + Figures.clock(seconds)
                                        + ". What other runs had finished before is in none of it, and neither is an attempt that was killed."),
                Tag.table(
                        "list",
                        "Times in which it was worked on",
                        Tag.of("thead").add(head),
                        body));
    }
}
