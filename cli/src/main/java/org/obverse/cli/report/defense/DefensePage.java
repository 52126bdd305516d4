package org.obverse.cli.report.defense;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.obverse.cli.report.chart.Charts;
import org.obverse.cli.report.html.Tag;
import org.obverse.engine.plan.Threat;

/** What the targets of a study withstood, for the terminal and for a page. */
public record DefensePage(Evidence evidence) {
    private List<Account> accounts() {
        return evidence.attacked().stream()
                .map(target -> new Account(target, evidence.verification(target)))
                .toList();
    }

    /**
     * In lines with their breaks: one of each defended target that a single kind of attack was run on, and all there is to say of targets
     * that were attacked in several ways. Empty if there is neither.
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        boolean isWhole = false;
        for (Account account : accounts()) {
            boolean isSeveral = isAttackedInSeveralWays(account.target());
            if (isSeveral || account.target().model().isDefended()) {
                lines.add(account.target().label() + " – " + account.verdict());
            }
            if (isSeveral) {
                isWhole = true;
                account.worst().ifPresent(sentence -> lines.add("  " + sentence));
                account.target().tried().forEach(attack -> lines.add("  tried: " + line(attack)));
                account.notTried().forEach(missing -> lines.add("  not tried: " + missing));
                account.flags().forEach(flag -> lines.add("  flag: " + flag.text()));
            }
        }
        Leakage leakage = Leakage.of(evidence);
        if (isWhole && leakage.isCurve()) {
            lines.add("Utility and leakage:");
            leakage.lines().forEach(line -> lines.add("  " + line));
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static boolean isAttackedInSeveralWays(TestedTarget target) {
        Set<Set<Threat>> manners = new HashSet<>();
        target.tried().forEach(attack -> manners.add(attack.threats()));
        return manners.size() > 1;
    }

    private static String line(Tried attack) {
        return attack.name() + " (" + attack.manner() + "): " + attack.value();
    }

    /** One sentence per defended target, for a report's verdict. */
    public List<Tag> verdicts() {
        return accounts().stream()
                .filter(account -> account.target().model().isDefended())
                .map(account -> Tag.of("p")
                        .add(Tag.of("strong").text(account.target().label()))
                        .text(" – " + account.verdict()))
                .toList();
    }

    /** All there is to say, target by target; nothing where none is defended, or attacked in several ways. */
    public List<Tag> tags(Charts charts) {
        List<Tag> tags = new ArrayList<>();
        for (Account account : accounts()) {
            if (account.target().model().isDefended() || isAttackedInSeveralWays(account.target())) {
                tags.addAll(tags(account));
            }
        }
        Leakage leakage = Leakage.of(evidence);
        if (!tags.isEmpty() && leakage.isCurve()) {
            tags.add(Tag.of("h3").text("Utility and leakage"));
            tags.add(Tag.of("p", "note").text(leakage.chart().caption()));
            tags.add(Tag.of("div", "charts wide").add(charts.add("", leakage.chart())));
            tags.add(list(leakage.lines()));
        }
        return tags;
    }

    private static List<Tag> tags(Account account) {
        List<Tag> tags = new ArrayList<>();
        Tag heading = Tag.of("h3").text(account.target().label());
        if (account.target().model().isDefended()) {
            heading.add(Tag.of("span", "pill").text(account.verification().word()));
        }
        tags.add(heading);
        tags.add(Tag.of("p", "verdict").text(account.verdict()));
        account.worst().ifPresent(sentence -> tags.add(Tag.of("p").text(sentence)));
        if (!account.target().tried().isEmpty()) {
            tags.add(Tag.of("p", "note").text("Tried:"));
            tags.add(list(account.target().tried().stream()
                    .map(attack -> line(attack))
                    .toList()));
        }
        titled("Not tried:", account.notTried()).ifPresent(tags::add);
        titled("Flags:", account.flags().stream().map(Flag::text).toList()).ifPresent(tags::add);
        return tags;
    }

    private static Optional<Tag> titled(String title, List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Tag.of("div").add(Tag.of("p", "note").text(title), list(lines)));
    }

    private static Tag list(List<String> lines) {
        Tag list = Tag.of("ul");
        lines.forEach(line -> list.add(Tag.of("li").text(line)));
        return list;
    }
}
